import { invalidValue } from '../syntax/errors';
import { isDate, type Sql } from './sql';

/** Oracle's implicit conversions. */
export function asText(value: Sql): string {
  switch (value.type) {
    case 'number':
      return `ora_text(${value.sql})`;
    case 'key':
      return value.stored?.sql ?? `CAST(${value.sql} AS TEXT)`;
    case 'date':
    case 'datetime':
      return `ora_dtext(${value.sql})`;
    case 'any':
      return `ora_text(${value.sql})`;
    case 'condition':
      throw invalidValue('a condition where a value is expected');
    default:
      return value.sql;
  }
}

export function asNumber(value: Sql): string {
  switch (value.type) {
    case 'number':
    case 'null':
      return value.sql;
    case 'key':
      return `CAST(${value.sql} AS NUMERIC)`;
    case 'text':
    case 'any':
    case 'status':
    case 'multi':
    case 'bool':
      return typeof value.literal === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value.literal)
        ? value.literal.trim()
        : `ora_num(${value.sql})`;
    default:
      throw invalidValue('ORA-00932: inconsistent datatypes: expected NUMBER');
  }
}

/** Civil text. Text without TO_DATE is read in the account's date format, as the session's NLS_DATE_FORMAT would. */
export function asDate(value: Sql): string {
  if (isDate(value.type) || value.type === 'null') return value.sql;
  if (value.type === 'text' || value.type === 'any') return `ora_userdate(${value.sql})`;
  throw invalidValue('ORA-00932: inconsistent datatypes: expected DATE');
}

export const asValue = (value: Sql): Sql => {
  if (value.type === 'condition') throw invalidValue('a condition where a value is expected');
  return value;
};

/** Type of CASE, NVL, UNION …: what all branches can be read as. */
export function commonType(values: Sql[]): Sql['type'] {
  const types = new Set(values.map((value) => value.type).filter((type) => type !== 'null'));
  if (types.size === 0) return 'null';
  if (types.size === 1) return [...types][0] as Sql['type'];
  if ([...types].every(isDate)) return 'datetime';
  if ([...types].every((type) => type === 'number' || type === 'key')) return 'number';
  return 'text';
}

export function as(type: Sql['type'], value: Sql): string {
  if (value.type === type || value.type === 'null') return value.sql;
  if (type === 'number') return asNumber(value);
  if (isDate(type)) return asDate(value);
  if (type === 'text') return asText(value);
  return value.sql;
}
