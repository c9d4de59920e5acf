import { types } from 'pg';

const BIGINT = 20;
const NUMERIC = 1700;

/** How a value of a type is read. 64-bit integers and sums as numbers: ours stay below 2^53. */
export function parserOf(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  return oid === BIGINT || oid === NUMERIC ? Number : (types.getTypeParser(oid, format) as (text: string) => unknown);
}
