/** Puts around the records part's saves what is the kernel's: who listens, and the faults that strike a save. */
import type { AccountKernel } from './account';
import type { ExecutionRow } from './executions';
import { settingOf } from './setting-of';
import { WithRecords } from './with-records';
import { listeningScripts, openFirst, type EventScript } from './user-events';
import {
  fault,
  type Account,
  type CommittedSave,
  type Execution,
  type Fields,
  type PreparedSave,
  type RecordData,
  type SyscallTable,
} from './types';

interface PrepareArgs {
  op: string;
  type?: string;
  id?: string | number;
  record?: RecordData;
}
interface CommitArgs {
  saveId: string;
  record: RecordData;
  /** The scripts that `record.prepareSave` named. */
  scripts?: EventScript[];
}
type Handler<A, R> = (account: Account, execution: Execution, args: A) => R | Promise<R>;

export function decorateSaves(syscalls: SyscallTable): SyscallTable {
  const prepare = syscalls['record.prepareSave'] as Handler<PrepareArgs, PreparedSave> | undefined;
  const commit = syscalls['record.commit'] as Handler<CommitArgs, CommittedSave> | undefined;
  if (!prepare || !commit) return syscalls;
  return {
    ...syscalls,
    'record.prepareSave': prepareWith(prepare, commit),
    'record.commit': commitWith(commit),
  };
}

const prepareWith =
  (prepare: Handler<PrepareArgs, PreparedSave>, commit: Handler<CommitArgs, CommittedSave>) =>
  async (account: Account, execution: Execution, args: PrepareArgs) => {
    const type = args.record?.type ?? args.type ?? '';
    const id = args.record?.id ?? args.id;
    strikeBefore(account, execution, args.op, type, id === undefined || id === null ? undefined : String(id));
    const prepared = await prepare(account, execution, args);
    const scripts = listeningScripts(account as AccountKernel, execution, prepared.type, prepared.event);
    if (scripts.length === 0) {
      // Nobody listens: the commit comes with this answer, and the host need not ask for it.
      const { saveId, newRecord } = prepared;
      const args = withoutIgnored(account, execution, { saveId, record: newRecord });
      const { newRecord: _unread, ...committed } = await commit(account, execution, args);
      return { committed };
    }
    const { newRecord, oldRecord, ...rest } = prepared;
    const opened = openFirst(account as AccountKernel, execution, scripts, 'beforeSubmit');
    return new WithRecords({ ...rest, scripts, opened }, { newRecord, oldRecord });
  };

const LOCKED = 'This record is locked by another user. Try again later.';

function strikeBefore(account: Account, execution: Execution, op: string, recordType: string, recordId?: string): void {
  const { charges } = execution as ExecutionRow;
  if (recordId === undefined || charges?.struck) return;
  // A save that is held starts afresh: what struck it must not strike it again.
  if (charges) charges.struck = true;
  const point = { execution, api: `record.${op}`, recordType, recordId };
  const locked = account.faults.strike('recordLocked', point);
  if (locked)
    throw fault(
      String(locked.code ?? settingOf(account, 'lockedRecordCode', 'RCRD_LOCKED_BY_WF')),
      locked.message ?? LOCKED,
    );
  const edit = op === 'save' ? account.faults.strike('editBetween', point) : undefined;
  if (edit) editAsAnotherUser(account, recordType, recordId, edit.fields ?? {});
}

/** Another user's save between the script's load and its save: the version moves on. */
function editAsAnotherUser(account: Account, type: string, id: string, fields: Fields): void {
  const record = account.store.get(type, id);
  if (!record) return;
  Object.assign(record.fields, fields);
  account.store.put(record);
  account.noteWrite({
    op: 'update',
    type,
    id,
    scriptId: null,
    executionId: null,
    api: 'record.save',
    context: 'USERINTERFACE',
  });
}

const commitWith =
  (commit: Handler<CommitArgs, CommittedSave>) =>
  async (account: Account, execution: Execution, { scripts = [], ...args }: CommitArgs) => {
    const { newRecord, ...committed } = await commit(account, execution, withoutIgnored(account, execution, args));
    const opened = openFirst(account as AccountKernel, execution, scripts, 'afterSubmit');
    return new WithRecords({ ...committed, opened }, { newRecord });
  };

/** A field that an `ignoreField` fault names keeps its old value without a word. */
function withoutIgnored(account: Account, execution: Execution, args: CommitArgs): CommitArgs {
  const { type, id } = args.record;
  const recordId = id ?? undefined;
  const point = { execution, recordType: type, ...(recordId === undefined ? {} : { recordId }) };
  const field = account.faults.strike('ignoreField', point)?.field;
  if (field === undefined) return args;
  const old = recordId === undefined ? undefined : account.store.get(type, recordId)?.fields[field];
  return { ...args, record: { ...args.record, fields: { ...args.record.fields, [field]: old ?? null } } };
}
