import { QUERY_UNITS } from '../governance/prices';
import type { Queries } from './ports';

/** A read-back asks at most three times: whole, without the columns that the refusal named, without all that can be spared. */
const READ_BACK_UNITS = 3 * QUERY_UNITS;
const ROWS_PER_PAGE = 1000;

/**
 * Units to keep for what comes after the last operation: reading back fields that must not be dropped silently, and totals. Judged on
 * the raw text, before anything is parsed, and rather too high than too low.
 */
export function reserveFor(raw: readonly unknown[], mode: ReturnType<Queries['mode']>): number {
  const text = JSON.stringify(raw);
  const fields = text.includes('"verify":true') ? READ_BACK_UNITS : 0;
  if (!text.includes('"expectedTotal"')) return fields;
  if (mode === 'suiteql') return fields + READ_BACK_UNITS;
  // A search hands out every line: each has a key, and so has each operation.
  const lines = text.split('"key":').length - 1 + raw.length;
  return fields + QUERY_UNITS * (1 + Math.ceil((2 * lines) / ROWS_PER_PAGE));
}
