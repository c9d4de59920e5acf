import { asText } from '../suiteql/compile/coerce';
import { compare, type Comparison } from '../suiteql/compile/compare';
import { literal } from '../suiteql/compile/context';
import { quote, type Sql, type Stored } from '../suiteql/compile/sql';
import { invalidFilterValue, invalidOperator } from './errors';
import { DATES } from './date-operators';
import { booleanValue, numberValue, textValue } from './filter-values';
import { type Build, negated, type OperatorContext, orNull, present } from './operator-parts';
import type { SearchField } from './field-type';
import type { FilterTerm } from './types';

/** Filter operators by field type (page section_N3005018, "Search Operators"). Negative ones also match rows without a value. */
export function filterCondition(context: OperatorContext, field: SearchField, term: FilterTerm): string {
  const operator = term.operator.toLowerCase();
  if (operator === 'isempty') return `${present(field)} IS NULL`;
  if (operator === 'isnotempty') return `${present(field)} IS NOT NULL`;
  if (operator === 'any') return '1';
  const known = isPlainText(field, term) ? PLAIN_TEXTS : operatorsOf(field);
  const build = known[operator] ?? (field.untyped ? UNTYPED[operator] : undefined);
  if (!build) throw invalidOperator(term.name, term.operator);
  if (term.values.length === 0) throw invalidFilterValue(term.name, 'an empty value', 'allowed for this operator');
  return `(${build(context, field, term)})`;
}

function operatorsOf(field: SearchField): Record<string, Build> {
  switch (field.format) {
    case 'select':
      return SELECT;
    case 'multi':
      return MULTI;
    case 'checkbox':
      return CHECKBOX;
    case 'date':
    case 'datetime':
      return DATES;
    case 'currency':
    case 'float':
    case 'integer':
    case 'percent':
      return NUMBERS;
    default:
      if (field.untyped) return UNTYPED_FIRST;
      return field.filterSql?.type === 'bool' ? CHECKBOX : TEXTS;
  }
}

/* Text: case is ignored. */

const isAscii = (text: string): boolean => [...text].every((char) => char < '\u0080');
/** SQLite's own functions fold ASCII letters only. */
const lower = (field: SearchField, value: string): [column: string, value: string] => {
  const column = asText(field.value);
  return isAscii(value)
    ? [`lower(${column})`, quote(value.toLowerCase())]
    : [`ora_lower(${column})`, quote(value.toLowerCase())];
};

const anyText =
  (build: (column: string, value: string) => string): Build =>
  (_context, field, term) =>
    term.values.map((value) => build(...lower(field, textValue(value)))).join(' OR ');

const textIs: Build = (context, field, term) =>
  term.values
    .map((value) => {
      const text = textValue(value);
      const stored = field.value.stored;
      if (stored?.form === 'external') return externalIn(stored, [text]);
      if (stored?.form === 'text' && isAscii(text)) {
        context.textIndex(field);
        return `${stored.sql} = ${quote(text)} COLLATE NOCASE`;
      }
      const [column, wanted] = lower(field, text);
      return `${column} = ${wanted}`;
    })
    .join(' OR ');

const contains = anyText((column, value) => `instr(${column}, ${value}) > 0`);
const beginsWith = anyText((column, value) => `substr(${column}, 1, length(${value})) = ${value}`);

/** Sorts behind every text that goes on after the beginning looked for. */
const LAST_CHARACTER = '\u{10FFFF}';

const startsWith: Build = (context, field, term) =>
  term.values
    .map((value) => {
      const text = textValue(value);
      const stored = field.value.stored;
      if (stored?.form !== 'text' || !isAscii(text)) return beginsWith(context, field, { ...term, values: [value] });
      context.textIndex(field);
      return `(${stored.sql} >= ${quote(text)} COLLATE NOCASE AND ${stored.sql} < ${quote(text + LAST_CHARACTER)} COLLATE NOCASE)`;
    })
    .join(' OR ');
const hasKeywords: Build = (context, field, term) =>
  textValue(term.values[0] ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `(${contains(context, field, { ...term, values: [word] })})`)
    .join(' AND ');

const TEXTS: Record<string, Build> = {
  is: textIs,
  equalto: textIs,
  anyof: textIs,
  isnot: negated(textIs),
  noneof: negated(textIs),
  contains,
  doesnotcontain: negated(contains),
  startswith: startsWith,
  doesnotstartwith: negated(startsWith),
  haskeywords: hasKeywords,
};

/**
 * Names that are free text wherever they occur: `anyof` is refused there, as in NetSuite. Other fields that are kept as text here may be
 * lists there, and take the operators of both.
 */
const PLAIN_NAMES = new Set(
  'entityid companyname firstname middlename lastname email phone altphone fax mobilephone comments tranid memo itemid displayname title name'.split(
    ' ',
  ),
);
const { anyof: _anyof, noneof: _noneof, ...PLAIN_TEXTS } = TEXTS;

const isPlainText = (field: SearchField, term: FilterTerm): boolean =>
  field.format === 'text' && !field.untyped && PLAIN_NAMES.has(term.name.toLowerCase());

/* Selects: internal ids; @NONE@ is "no value". */

const NONE = '@NONE@';

const anyOf: Build = (context, field, term) => {
  const given = term.values.map((value) => textValue(value));
  const ids = given.filter((value) => value !== NONE).flatMap((value) => field.filterValue?.(value) ?? [value]);
  const parts = given.includes(NONE) ? [`${present(field)} IS NULL`] : [];
  if (ids.length > 0) parts.push(idIn(context, field.filterSql ?? field.value, ids));
  return parts.length > 0 ? parts.join(' OR ') : '0';
};

/** SQLite's `upper`, which folds ASCII letters only, done here once instead of by the statement for each of a thousand ids. */
const upperAscii = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

/** From so many ids on SQLite takes reading the whole type for cheaper than asking its index for each, which it is not. */
const MANY_IDS = 20;

function externalIn({ sql, where }: Stored, ids: string[]): string {
  const list = ids.map((id) => quote(upperAscii(id))).join(', ');
  if (where === undefined || ids.length < MANY_IDS)
    return `${where === undefined ? '' : `${where} AND `}upper(${sql}) IN (${list}) AND ${sql} IS NOT NULL`;
  const alias = sql.slice(0, sql.lastIndexOf('.'));
  const holders = `SELECT x.type, x.id FROM record x INDEXED BY record_external WHERE ${where.replace(`${alias}.`, 'x.')} AND upper(x.externalid) IN (${list})`;
  return `(${alias}.type, ${alias}.id) IN (${holders})`;
}

function idIn({ context }: OperatorContext, value: Sql, ids: string[]): string {
  if (value.stored?.form === 'external') return externalIn(value.stored, ids);
  if (value.type === 'number') {
    const numbers = ids.filter((id) => /^-?\d+$/.test(id.trim()));
    return numbers.length > 0 ? `${value.sql} IN (${numbers.join(', ')})` : '0';
  }
  context.wantIndex(value.stored);
  return `${value.stored?.sql ?? asText(value)} IN (${ids.map(quote).join(', ')})`;
}

const without =
  (build: Build): Build =>
  (context, field, term) => {
    const given = term.values.map((value) => textValue(value));
    const rest = { ...term, values: given.filter((value) => value !== NONE) };
    const parts = given.includes(NONE) ? [`${present(field)} IS NOT NULL`] : [];
    if (rest.values.length > 0) parts.push(`(${orNull(field, `NOT (${build(context, field, rest)})`)})`);
    return parts.join(' AND ');
  };
const noneOf = without(anyOf);

/** By what a select shows, not by its id. */
const ofText =
  (build: Build): Build =>
  (context, field, term) =>
    build(
      context,
      field.text === undefined ? field : { ...field, value: { sql: field.text, type: 'text', constant: false } },
      term,
    );

const SELECT: Record<string, Build> = {
  anyof: anyOf,
  is: anyOf,
  noneof: noneOf,
  isnot: noneOf,
  equalto: anyOf,
  notequalto: noneOf,
  contains: ofText(contains),
  startswith: ofText(startsWith),
};

const memberOf = (field: SearchField, ids: string[]): string =>
  `EXISTS (SELECT 1 FROM json_each(${field.value.stored?.sql ?? field.value.sql}) m WHERE CAST(m.value AS TEXT) IN (${ids.map(quote).join(', ')}))`;

const anyMember: Build = (_context, field, term) => {
  const given = term.values.map((value) => textValue(value));
  const ids = given.filter((value) => value !== NONE);
  return [
    ...(given.includes(NONE) ? [`${present(field)} IS NULL`] : []),
    ...(ids.length > 0 ? [memberOf(field, ids)] : []),
  ].join(' OR ');
};
const allMembers: Build = (_context, field, term) =>
  term.values.map((value) => memberOf(field, [textValue(value)])).join(' AND ');

const MULTI: Record<string, Build> = {
  anyof: anyMember,
  is: anyMember,
  noneof: without(anyMember),
  isnot: without(anyMember),
  allof: allMembers,
  notallof: negated(allMembers),
};

/* Check boxes, numbers, dates. */

const isFlag =
  (op: Comparison): Build =>
  ({ context }, field, term) =>
    compare(context, op, field.filterSql ?? field.value, literal(booleanValue(term.name, term.values[0] ?? null))).sql;

const CHECKBOX: Record<string, Build> = {
  is: isFlag('='),
  isnot: isFlag('<>'),
  equalto: isFlag('='),
  anyof: isFlag('='),
};

const number =
  (op: Comparison): Build =>
  ({ context }, field, term) =>
    compare(context, op, field.value, literal(numberValue(term.name, term.values[0] ?? null))).sql;

const betweenNumbers: Build = ({ context }, field, term) => {
  if (term.values.length < 2) throw invalidFilterValue(term.name, JSON.stringify(term.values), 'two numbers');
  const [low, high] = term.values.map((value) => literal(numberValue(term.name, value)));
  return `${compare(context, '>=', field.value, low as Sql).sql} AND ${compare(context, '<=', field.value, high as Sql).sql}`;
};

const NUMBERS: Record<string, Build> = {
  equalto: number('='),
  is: number('='),
  notequalto: negated(number('=')),
  isnot: negated(number('=')),
  greaterthan: number('>'),
  greaterthanorequalto: number('>='),
  lessthan: number('<'),
  lessthanorequalto: number('<='),
  notgreaterthan: negated(number('>')),
  notgreaterthanorequalto: negated(number('>=')),
  notlessthan: negated(number('<')),
  notlessthanorequalto: negated(number('<=')),
  between: betweenNumbers,
  within: betweenNumbers,
  notbetween: negated(betweenNumbers),
  anyof: ({ context }, field, term) =>
    term.values
      .map((value) => compare(context, '=', field.value, literal(numberValue(term.name, value))).sql)
      .join(' OR '),
};

/* Custom fields that no one declared: the operator tells what the values are meant to be. */

/** Civil text of a value stored as ISO text or in the account's format. */
const asDateTime = (field: SearchField): SearchField => {
  const text = asText(field.value);
  const iso = `CASE length(${text}) WHEN 10 THEN ${text} || ' 00:00:00' ELSE replace(substr(${text}, 1, 19), 'T', ' ') END`;
  const sql = `CASE WHEN ${text} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' THEN ${iso} ELSE ora_userdate(${text}) END`;
  return { ...field, value: { sql, type: 'datetime', constant: false } };
};

/** T and F are check boxes, and an empty one is not checked. */
const untypedIs: Build = (context, field, term) => {
  const [value = null] = term.values;
  if (!/^(t|true|f|false)$/i.test(textValue(value))) return textIs(context, field, term);
  const checked = booleanValue(term.name, value) === 'T';
  const text = asText(field.value);
  return checked ? `${text} = 'T'` : `${text} IS NULL OR ${text} = 'F'`;
};

const UNTYPED_FIRST: Record<string, Build> = {
  ...TEXTS,
  is: untypedIs,
  isnot: negated(untypedIs),
  anyof: anyOf,
  noneof: noneOf,
};

const UNTYPED: Record<string, Build> = {
  ...NUMBERS,
  ...Object.fromEntries(
    Object.entries(DATES).map(([name, build]) => [
      name,
      (context: OperatorContext, field: SearchField, term: FilterTerm) => build(context, asDateTime(field), term),
    ]),
  ),
};
