import { unsupported } from '../syntax/errors';
import { asDate, asNumber, asText } from './coerce';
import type { Sql } from './sql';

/** CAST (value AS type(sizes)): texts are cut to their length, numbers rounded to their places and refused where they are too large. */
export function cast(value: Sql, type: string, [first, second]: number[]): Sql {
  const { constant } = value;
  switch (type) {
    case 'VARCHAR2':
    case 'VARCHAR':
    case 'NVARCHAR2':
    case 'CLOB':
      return { sql: cut(asText(value), first), type: 'text', constant };
    case 'CHAR':
    case 'NCHAR':
      return { sql: `ora_rpad(${asText(value)}, ${first ?? 1})`, type: 'text', constant };
    case 'INTEGER':
    case 'INT':
    case 'SMALLINT':
      return { sql: `CAST(ora_round(${asNumber(value)}) AS INTEGER)`, type: 'number', constant };
    case 'NUMBER':
      return {
        sql: first === undefined ? asNumber(value) : fixed(value, first, second ?? 0),
        type: 'number',
        constant,
      };
    case 'NUMERIC':
    case 'DECIMAL':
      return { sql: fixed(value, first ?? 38, second ?? 0), type: 'number', constant };
    case 'FLOAT':
      return { sql: asNumber(value), type: 'number', constant };
    case 'DATE':
    case 'TIMESTAMP':
      return { sql: asDate(value), type: 'datetime', constant };
    default:
      throw unsupported(`CAST to ${type}`);
  }
}

const cut = (text: string, length: number | undefined): string =>
  length === undefined ? text : `ora_substr(${text}, 1, ${length})`;

const fixed = (value: Sql, precision: number, scale: number): string =>
  `ora_fixed(${asNumber(value)}, ${precision}, ${scale})`;
