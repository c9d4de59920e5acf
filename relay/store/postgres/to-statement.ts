import type { Cell, Param, Step } from '../core/script';
import { columnType } from './column-types';
import { toPostgres } from './to-postgres';

/** Locks are taken on buckets of names, so that a large transaction does not fill the server's lock table. */
const BUCKETS = 4096;
/** Class of our advisory locks, so that other programs on the database are not disturbed. */
export const LOCK_CLASS = 21_329;

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
      // In one order everywhere: transactions that need the same buckets never wait for one another in a ring.
      return bind('SELECT pg_advisory_xact_lock(?::int, k) FROM (SELECT unnest(?::int[]) AS k ORDER BY 1) s', [
        LOCK_CLASS,
        [...new Set(step.names.map(bucketOf))].sort((a, b) => a - b),
      ]);
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

/** FNV-1a, 32 bits. */
function bucketOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}
