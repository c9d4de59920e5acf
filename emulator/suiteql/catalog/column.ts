import type { FieldMeta, FieldType } from '../../kernel/types';
import type { Sql, SqlType, Stored } from '../compile/sql';
import { displayName } from './display';

/** Where a value lies: a row of `record` or `line` under an alias. */
export interface Place {
  /** `t1.data`. */
  data: string;
  /** Record type for the index; null where no index is wanted. */
  indexType: string | null;
  sublist?: string;
}

const TYPES: Record<FieldType, SqlType> = {
  text: 'text',
  textarea: 'text',
  clobtext: 'text',
  richtext: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  password: 'text',
  inlinehtml: 'text',
  help: 'text',
  identifier: 'text',
  integer: 'number',
  float: 'number',
  posinteger: 'number',
  posfloat: 'number',
  currency: 'number',
  poscurrency: 'number',
  percent: 'number',
  rate: 'number',
  checkbox: 'bool',
  date: 'date',
  datetime: 'datetime',
  datetimetz: 'datetime',
  timeofday: 'text',
  select: 'key',
  multiselect: 'multi',
  image: 'key',
  document: 'key',
  summary: 'text',
};

export const sqlTypeOf = (type: FieldType): SqlType => TYPES[type];

/** The expression that `Store.ensureIndex` indexes. */
export const extract = (data: string, field: string): string => `json_extract(${data}, '$.fields.${field}')`;

/** A field of a record or line as a compiled column. */
export function fieldColumn(place: Place, field: string, type: SqlType, target?: string): Sql {
  const raw = extract(place.data, field);
  const stored: Stored = { sql: raw, form: storedForm(type) };
  if (place.indexType !== null) {
    stored.index = { type: place.indexType, field, ...(place.sublist === undefined ? {} : { sublist: place.sublist }) };
  }
  return { ...rawColumn(raw, type, target), ...(type === 'any' ? {} : { stored }) };
}

function storedForm(type: SqlType): Stored['form'] {
  return type === 'key' ||
    type === 'multi' ||
    type === 'bool' ||
    type === 'date' ||
    type === 'datetime' ||
    type === 'number'
    ? type
    : 'text';
}

/** The record that a line is of: a bare column, so that joins reach the lines by their key. */
export const ownerColumn =
  (target: string) =>
  (row: string): Sql => ({
    sql: `${row}.id`,
    type: 'number',
    constant: false,
    display: () => displayName(target, `${row}.id`),
  });

/** Any stored expression in its Oracle form. */
export function rawColumn(raw: string, type: SqlType, target?: string): Sql {
  const base = { type, constant: false, ...(target === undefined ? {} : { target }) };
  switch (type) {
    case 'key':
      return {
        ...base,
        sql: keyValue(raw),
        stored: { sql: raw, form: 'key' },
        display: () => displayName(target, raw),
      };
    case 'bool':
      return { ...base, sql: `CASE WHEN ${raw} IN (1, 'T') THEN 'T' ELSE 'F' END`, stored: { sql: raw, form: 'bool' } };
    case 'date':
      return { ...base, sql: `ora_local(${raw})`, stored: { sql: raw, form: 'date' } };
    case 'datetime':
      return { ...base, sql: `ora_local(${raw})`, stored: { sql: raw, form: 'datetime' } };
    case 'multi':
      return {
        ...base,
        sql: `ora_multi(${raw})`,
        stored: { sql: raw, form: 'multi' },
        display: () => displayMany(target, raw),
      };
    default:
      return { ...base, sql: raw };
  }
}

/** Internal ids are numbers in SuiteQL, ids of system lists (`US`, `B`) stay text. */
export const keyValue = (raw: string): string =>
  `CASE WHEN CAST(CAST(${raw} AS INTEGER) AS TEXT) = ${raw} THEN CAST(${raw} AS INTEGER) ELSE ${raw} END`;

export function displayMany(target: string | undefined, raw: string, separator = "', '"): string {
  return `(SELECT group_concat(${displayName(target, 'm.value')}, ${separator}) FROM json_each(${raw}) m)`;
}

export function metaColumn(place: Place, meta: FieldMeta): Sql {
  return fieldColumn(place, meta.id, sqlTypeOf(meta.type), meta.selectType);
}
