import query from 'N/query';
import { textOf } from '../upsert/normalise';
import type { Queries, Row } from '../upsert/ports';

/** SuiteQL with bound parameters; every value as text. */
export const queries: Queries = {
  run: (sql, params) =>
    query
      .runSuiteQL({ query: sql, params })
      .results.map((result): Row => result.values.map((value) => toText(value as unknown))),
};

function toText(value: unknown): string | null {
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  const text = textOf(value);
  return text === '' ? null : text;
}
