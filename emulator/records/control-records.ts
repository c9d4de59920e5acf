import type { Account, ControlTable, Json, RecordData } from '../kernel/types';
import { controlShape } from './control-shape';
import { findRecord, requireType } from './find-record';
import { seedRecords } from './seed-records';

interface ReadArgs {
  type: string;
  id: string;
}

/** What the control API asks of the records part. */
export const controlRecords: ControlTable = {
  'records.seed': (account: Account, args: { rows: Json[] }) => seedRecords(account, args.rows),
  'records.read': (account: Account, args: ReadArgs) => {
    const record = findRecord(account, requireType(account, args.type).id, args.id);
    return record && controlShape(record);
  },
  'records.find': (account: Account, args: { type: string; externalId: string }) => {
    const found = account.store.findByExternalId(requireType(account, args.type).group, args.externalId);
    const record = found && account.store.get(found.type, found.id);
    return record && controlShape(record);
  },
  'records.list': (account: Account, args: { type: string; limit?: number; after?: string }) =>
    account.store.list(requireType(account, args.type).id, listOptions(args)).map(controlShape),
  'records.show': (_account: Account, args: { record: RecordData }) => controlShape(args.record),
};

const listOptions = ({ limit, after }: { limit?: number; after?: string }) => ({
  ...(limit === undefined ? {} : { limit }),
  ...(after === undefined ? {} : { after }),
});
