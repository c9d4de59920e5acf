import { MIGRATIONS } from '../core/schema';

/** PostgreSQL's type of every column, read from the schema itself: arrays that are sent as rows need it. */
const TYPES = new Map<string, string>();
for (const { statements } of MIGRATIONS) {
  for (const statement of statements) {
    const table = /^(?:CREATE|ALTER) TABLE (\w+)/.exec(statement)?.[1];
    if (table === undefined) continue;
    for (const [, name, type] of statement.matchAll(/(?:[(,]|ADD COLUMN)\s*(\w+) (INT|TEXT|REAL)\b/g))
      TYPES.set(`${table}.${name}`, type === 'INT' ? 'bigint' : type === 'REAL' ? 'double precision' : 'text');
  }
}

export function columnType(table: string, column: string): string {
  const type = TYPES.get(`${table}.${column}`);
  if (type === undefined) throw new Error(`The schema has no column ${table}.${column}.`);
  return type;
}
