import type { Database } from 'better-sqlite3';
import type { Store } from '../kernel/types';

/** What may stand in a field: an expression that fails for one of these would fail the save of a record that has it. */
const SAMPLES = ['a@b.example', '', 'ß😀', '1', 0, -1.5, 1e21, true, null, ['1', '2'], {}];

/** Makes indexes of expressions over a record's row, where no record can make the expression fail (a regular expression may be none). */
export function indexComputed(store: Store, expressions: Iterable<string>): void {
  for (const expression of expressions) if (neverFails(store.db, expression)) store.ensureComputedIndex(expression);
}

function neverFails(db: Database, expression: string): boolean {
  const fields = [...expression.matchAll(/\$\.fields\.(\w+)/g)].map(([, name]) => name);
  try {
    const compute = db.prepare(`SELECT ${expression} FROM (SELECT ? AS data)`);
    for (const sample of SAMPLES)
      compute.get(
        JSON.stringify({ fields: Object.fromEntries(fields.map((name): [string, unknown] => [name ?? '', sample])) }),
      );
    compute.get('{}');
    return true;
  } catch {
    return false;
  }
}
