import type { Cell, Param, Step } from '../core/script';
import { columnType } from './column-types';
import { lockPlan } from './lock-plan';
import { toPostgres } from './to-postgres';

/** Class of our advisory locks, so that other programs on the database are not disturbed. */
export const LOCK_CLASS = 21_329;
/** Class of the locks on groups of names. */
const GROUP_CLASS = LOCK_CLASS + 1;

// In the order of the arrays, which is one order everywhere: transactions that need the same names never wait for one another in a ring.
const LOCK = `SELECT CASE WHEN t.shared THEN pg_advisory_xact_lock_shared(t.class, t.key) ELSE pg_advisory_xact_lock(t.class, t.key) END
  FROM unnest(?::bool[], ?::int[], ?::int[]) AS t(shared, class, key)`;

export interface Statement {
  text: string;
  values: unknown[];
}

/** Changes of different tables as one statement: each by itself costs as much again for being sent and answered as for being done. */
export function merge(statements: readonly Statement[]): Statement {
  const { texts, values } = numberTogether(statements);
  const parts = texts.map((text, at) => `s${at} AS (${text})`);
  return { text: `WITH ${parts.join(', ')} SELECT 1 AS n WHERE false`, values };
}

/** Statements that become parts of one: their parameters are numbered on. */
export function numberTogether(statements: readonly Statement[]): { texts: string[]; values: unknown[] } {
  let before = 0;
  const texts = statements.map(({ text, values }) => {
    const shift = before;
    before += values.length;
    return text.replaceAll(/\$(\d+)/g, (_, number: string) => `$${Number(number) + shift}`);
  });
  return { texts, values: statements.flatMap(({ values }) => values) };
}

export function toStatement(step: Step): Statement {
  switch (step.kind) {
    case 'sql':
      return bind(step.sql, step.params);
    case 'update':
      return bind(step.sql, step.params, step.rows);
    case 'insert':
      return toInsert(step);
    case 'lock':
      return toLock(step.names);
    case 'allocate':
      return bind(`SELECT nextval('seq_${step.sequence}') AS n FROM generate_series(1, ?::int)`, [step.count]);
    case 'together':
      throw new Error('Steps together are not nested.');
  }
}

const translated = new Map<string, ReturnType<typeof toPostgres>>();

function bind(sql: string, params: readonly Param[], each: readonly (readonly Cell[])[] = []): Statement {
  let known = translated.get(sql);
  if (!known) {
    known = toPostgres(sql);
    translated.set(sql, known);
  }
  const values = known.sources.map(({ param, column }) => {
    const given = param === 'each' ? each : params[param];
    return column === null ? given : (given as readonly (readonly Cell[])[]).map((row) => row[column] ?? null);
  });
  return { text: known.text, values };
}

function toInsert(step: Extract<Step, { kind: 'insert' }>): Statement {
  const arrays = step.columns.map((column, at) => `$${at + 1}::${columnType(step.table, column)}[]`);
  const conflict = step.conflict ? ` ON CONFLICT${step.conflict}` : '';
  return {
    text: `INSERT INTO ${step.table}(${step.columns.join(',')}) SELECT * FROM unnest(${arrays.join(',')})${conflict}`,
    values: step.columns.map((_, at) => step.rows.map((row) => row[at] ?? null)),
  };
}

function toLock(names: readonly string[]): Statement {
  const { groups, names: keys } = lockPlan(names);
  const all = [...groups, ...keys];
  const { text } = toPostgres(LOCK);
  return {
    text,
    values: [
      all.map((_, at) => at < groups.length && keys.length > 0),
      all.map((_, at) => (at < groups.length ? GROUP_CLASS : LOCK_CLASS)),
      all,
    ],
  };
}
