import type { Statement } from './join-statements';
import { lockPlan } from './lock-plan';

/** Class of our advisory locks, so that other programs on the database are not disturbed. */
export const LOCK_CLASS = 21_329;
/** Class of the locks on groups of names. */
const GROUP_CLASS = LOCK_CLASS + 1;

// In the order of the arrays, which is one order everywhere: transactions that need the same names never wait for one another in a ring.
const LOCK = `SELECT CASE WHEN t.shared THEN pg_advisory_xact_lock_shared(t.class, t.key) ELSE pg_advisory_xact_lock(t.class, t.key) END
  FROM unnest($1::bool[], $2::int[], $3::int[]) AS t(shared, class, key)`;
/** Names up to which each lock is written out: a third of the time of a list for two names, and a plan for each number of them. */
const FEW = 4;
const written = new Map<string, string>();

/** One transaction at a time holds a name, to its end. */
export function lockNames(names: readonly string[]): Statement {
  const { groups, names: keys } = lockPlan(names);
  const all = [...groups, ...keys];
  if (keys.length > 0 && keys.length <= FEW) return { text: writeOut(groups.length, keys.length), values: all };
  return {
    text: LOCK,
    values: [
      { type: 'bool', values: all.map((_, at) => at < groups.length && keys.length > 0) },
      { type: 'int', values: all.map((_, at) => (at < groups.length ? GROUP_CLASS : LOCK_CLASS)) },
      { type: 'int', values: all },
    ],
  };
}

function writeOut(groups: number, names: number): string {
  const shape = `${groups} ${names}`;
  let text = written.get(shape);
  if (text === undefined) {
    const shared = Array.from(
      { length: groups },
      (_, at) => `pg_advisory_xact_lock_shared(${GROUP_CLASS}, $${at + 1}::int)`,
    );
    const own = Array.from(
      { length: names },
      (_, at) => `pg_advisory_xact_lock(${LOCK_CLASS}, $${groups + at + 1}::int)`,
    );
    text = `SELECT ${[...shared, ...own].join(', ')}`;
    written.set(shape, text);
  }
  return text;
}
