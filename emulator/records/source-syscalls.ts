import type { Account, Execution, LineData, RecordData, SyscallTable } from '../kernel/types';
import { requireType } from './find-record';
import { sourceChange, sourceLineChange } from './source-record';

/** Dynamic mode: what follows from one change, free of charge as the setters are. */
export const sourceSyscalls: SyscallTable = {
  'record.source': (
    account: Account,
    _execution: Execution,
    args: { record: RecordData; field: string; sublist?: string },
  ) => {
    sourceChange(account, requireType(account, args.record.type), args.record, args.field);
    return args.record;
  },
  'record.sourceLine': (
    account: Account,
    _execution: Execution,
    args: { record: RecordData; sublist: string; index: number; line: LineData; field: string },
  ) => {
    const meta = requireType(account, args.record.type);
    sourceLineChange({ account, meta, record: args.record }, args.sublist, args.index, args.line, args.field);
    return args.line;
  },
};
