import type { FieldMeta, FieldType } from '../kernel/types';
import { displayMany, extract, metaColumn, type Place, rawColumn } from '../suiteql/catalog/column';
import { displayName } from '../suiteql/catalog/display';
import type { Sql, SqlType } from '../suiteql/compile/sql';
import type { SearchField } from './field-type';
import type { Format } from './types';

/** Builders of search fields, shared by the tables of names. */
const FORMATS: Partial<Record<FieldType, Format>> = {
  select: 'select',
  image: 'select',
  document: 'select',
  multiselect: 'multi',
  checkbox: 'checkbox',
  date: 'date',
  datetime: 'datetime',
  datetimetz: 'datetime',
  currency: 'currency',
  poscurrency: 'currency',
  rate: 'currency',
  float: 'float',
  posfloat: 'float',
  integer: 'integer',
  posinteger: 'integer',
  percent: 'percent',
};

export const formatOf = (type: FieldType): Format => FORMATS[type] ?? 'text';

const SQL_TYPES: Record<Format, SqlType> = {
  text: 'text',
  select: 'key',
  multi: 'multi',
  checkbox: 'bool',
  date: 'date',
  datetime: 'datetime',
  currency: 'number',
  float: 'number',
  integer: 'number',
  percent: 'number',
};

/** Any stored expression. */
export function rawField(raw: string, format: Format, target?: string): SearchField {
  const value = rawColumn(raw, SQL_TYPES[format], target);
  return withText(value, format);
}

/** A computed value with its text. */
export function computed(sql: string, format: Format, text?: string): SearchField {
  return {
    value: { sql, type: SQL_TYPES[format] === 'key' ? 'text' : SQL_TYPES[format], constant: false },
    format,
    ...(text === undefined ? {} : { text }),
  };
}

export function metaField(place: Place, meta: FieldMeta): SearchField {
  const field = withText(metaColumn(place, meta), formatOf(meta.type));
  return meta.adopted && meta.type === 'text' ? { ...field, untyped: true } : field;
}

export function named(place: Place, field: string, format: Format, target?: string): SearchField {
  const value = metaColumn(place, {
    id: field,
    label: field,
    type: typeOf(format),
    ...(target === undefined ? {} : { selectType: target }),
  });
  return withText(value, format);
}

const typeOf = (format: Format): FieldType =>
  format === 'multi' ? 'multiselect' : format === 'select' ? 'select' : format;

/** Stands between the texts of a multiple select, whose names may hold commas. */
export const MANY_TEXTS = '\u0005';

const textsOf = ({ stored, target, sql }: Sql): string =>
  stored?.form === 'multi'
    ? displayMany(target, stored.sql, `char(${MANY_TEXTS.charCodeAt(0)})`)
    : `replace(${sql}, ', ', char(${MANY_TEXTS.charCodeAt(0)}))`;

function withText(value: Sql, format: Format): SearchField {
  if (format === 'select') return { value, format, text: value.display?.() ?? value.sql };
  if (format === 'multi') return { value, format, text: textsOf(value) };
  return { value, format };
}

/** The internal id of a row: a select whose text is the id itself. */
export function idField(alias: string): SearchField {
  return {
    value: { sql: `${alias}.id`, type: 'number', constant: false },
    format: 'select',
    text: `CAST(${alias}.id AS TEXT)`,
  };
}

export function externalIdField(alias: string, group: string | undefined): SearchField {
  const sql = `${alias}.externalid`;
  return {
    value: {
      sql,
      type: 'text',
      constant: false,
      stored: { sql, form: 'external', ...(group === undefined ? {} : { where: `${alias}.grp = '${group}'` }) },
    },
    format: 'select',
    text: sql,
  };
}

export { extract, displayName };
