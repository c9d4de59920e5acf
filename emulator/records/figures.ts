import type { Account, LineData, RecordData, SyscallTable, TypeMeta, Value } from '../kernel/types';
import { isUncomputed, uncomputed } from '../suiteql/catalog/uncomputed';
import { ENTITY_FIGURES } from './entity-figures';
import { requireType } from './find-record';
import { LINE_FIGURES } from './line-figures';
import { TRANSACTION_FIGURES } from './transaction-figures';
import type { Figure } from './figure-types';

/** Figures of records that no row keeps, by kind of record: worked out when a script reads them, and so never out of date. */
const FIGURES: Record<string, Record<string, Figure>> = { ...ENTITY_FIGURES, transaction: TRANSACTION_FIGURES };

const kindOf = ({ group, id }: TypeMeta): string => (group === 'transaction' || group === 'item' ? group : id);

const figureOf = (meta: TypeMeta, field: string): Figure | undefined => FIGURES[kindOf(meta)]?.[field];

/** How the guest is told of a figure: `?` is asked for, `!` can't be worked out here. The guest's meta.ts reads them. */
export function figureMark(meta: TypeMeta, field: string): string {
  if (figureOf(meta, field)) return '?';
  return isUncomputed(kindOf(meta), field) ? '!' : '';
}

export const lineFigureMark = (meta: TypeMeta, sublist: string, field: string): string =>
  meta.group === 'transaction' && LINE_FIGURES[sublist]?.[field] ? '?' : '';

interface FigureArgs {
  record: RecordData;
  field: string;
  sublist?: string;
  line?: LineData;
}

/** One figure of a record as the script has it. What can't be worked out is empty on a new record, and throws its name on a stored one. */
function readFigure(account: Account, { record, field, sublist, line }: FigureArgs): Value {
  const meta = requireType(account, record.type);
  const value =
    sublist !== undefined && line
      ? LINE_FIGURES[sublist]?.[field]?.(account, record, line)
      : figureOf(meta, field)?.(account, record);
  if (value !== undefined) return value;
  if (record.id === null) return null;
  throw uncomputed(`${record.type}.${field}`);
}

export const figureSyscalls: SyscallTable = {
  'record.figure': (account: Account, _execution: unknown, args: FigureArgs) => readFigure(account, args),
};
