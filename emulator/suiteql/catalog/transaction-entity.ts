import { extract, rawColumn } from './column';
import type { Sql } from '../compile/sql';

const either = (data: string): string => `COALESCE(${extract(data, 'entity')}, ${extract(data, 'customer')})`;

/** Whom a transaction is with, over the alias of its row: payments, deposits and refunds of customers keep that under `customer`. */
export const entitySql = (row: string): string => either(`${row}.data`);

/** The same over the columns of `record`, for an index. */
export const ENTITY_INDEX = either('data');

export function entityColumn(row: string): Sql {
  const sql = entitySql(row);
  return { ...rawColumn(sql, 'key', 'entity'), stored: { sql, form: 'key', computed: ENTITY_INDEX } };
}
