import { fault, type Account, type Execution, type FaultError } from '../kernel/types';
import { findRecord, requireType } from '../records/find-record';

export interface PasswordArgs {
  recordType: string;
  recordId: string;
  fieldId: string;
  value: string;
  sublistId: string | null;
  line: number | null;
}

/** crypto.checkPasswordField: whether a stored password is the given one, of a record or a line (page section_160806904480). Free. */
export function checkPassword(account: Account, execution: Execution, args: PasswordArgs): boolean {
  const { fieldId, sublistId, value } = args;
  const type = requireType(account, args.recordType);
  account.permissions.requireRecord(execution, type.id, 'view');
  const record = findRecord(account, type.id, args.recordId);
  if (!record) throw fault('RCRD_DSNT_EXIST', 'That record does not exist.');
  account.permissions.requireRow(execution, record, 'view');
  const fields = sublistId === null ? type.fields : type.sublists[sublistId]?.fields;
  if (fields?.[fieldId]?.type !== 'password') throw noPassword(`the field ${fieldId}, which holds no password,`);
  const line = sublistId === null ? record : record.sublists[sublistId]?.[args.line ?? -1];
  if (!line) throw noPassword('a line that is not there');
  const stored = line.fields[fieldId];
  return stored !== undefined && stored !== null && String(stored) === value;
}

/** How NetSuite refuses these, no page tells. */
const noPassword = (what: string): FaultError =>
  fault('EMULATOR_UNSUPPORTED', `crypto.checkPasswordField of ${what} is not available in this emulator.`);
