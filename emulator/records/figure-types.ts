import type { Account, LineData, RecordData, Value } from '../kernel/types';

/** Answers null where the field is empty in an account too, undefined where this emulator does not know. */
export type Figure = (account: Account, record: RecordData) => Value | undefined;

export type LineFigure = (account: Account, record: RecordData, line: LineData) => Value | undefined;
