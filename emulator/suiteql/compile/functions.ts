import { invalidValue } from '../syntax/errors';
import { as, asDate, asNumber, asText, commonType } from './coerce';
import { refuseText } from './display-of';
import { isDate, type Sql, type SqlType } from './sql';

type Kind = 'text' | 'number' | 'date' | 'any';
interface FunctionSpec {
  /** Types of the arguments; the last one repeats when `rest`. */
  args: Kind[];
  /** How many must be given; default all. */
  min?: number;
  rest?: boolean;
  returns: SqlType;
  sql: (args: string[]) => string;
}

const call =
  (name: string) =>
  (args: string[]): string =>
    `${name}(${args.join(', ')})`;
const text = (name: string, args: Kind[], min?: number): FunctionSpec => ({
  args,
  min: min ?? args.length,
  returns: 'text',
  sql: call(`ora_${name}`),
});
const number = (args: Kind[], sql: (args: string[]) => string, min?: number): FunctionSpec => ({
  args,
  min: min ?? args.length,
  returns: 'number',
  sql,
});
const math = (name: string, count = 1): FunctionSpec =>
  number(
    Array.from({ length: count }, () => 'number' as const),
    call(name),
  );
/** SQLite answers NULL where an argument is out of range; Oracle refuses it. */
const inRange = (name: string, count = 1): FunctionSpec =>
  number(
    Array.from({ length: count }, () => 'number' as const),
    (args) => `COALESCE(${call(name)(args)}, ora_outofrange(${args.join(', ')}))`,
  );
const date = (name: string, args: Kind[], min?: number): FunctionSpec => ({
  args,
  min: min ?? args.length,
  returns: 'datetime',
  sql: call(`ora_${name}`),
});

/** Scalar functions by name (SuiteQL Supported Functions, section_158513731864). Those that depend on types are in `special`. */
const FUNCTIONS: Record<string, FunctionSpec> = {
  UPPER: text('upper', ['text']),
  NLS_UPPER: text('upper', ['text']),
  LOWER: text('lower', ['text']),
  NLS_LOWER: text('lower', ['text']),
  REVERSE: text('reverse', ['text']),
  INITCAP: text('initcap', ['text']),
  NLS_INITCAP: text('initcap', ['text']),
  SUBSTR: text('substr', ['text', 'number', 'number'], 2),
  LPAD: text('lpad', ['text', 'number', 'text'], 2),
  RPAD: text('rpad', ['text', 'number', 'text'], 2),
  TRIM: text('trim', ['text', 'text'], 1),
  LTRIM: text('ltrim', ['text', 'text'], 1),
  RTRIM: text('rtrim', ['text', 'text'], 1),
  REPLACE: text('replace', ['text', 'text', 'text'], 2),
  TRANSLATE: text('translate', ['text', 'text', 'text']),
  REGEXP_SUBSTR: text('regexp_substr', ['text', 'text', 'number', 'number', 'text', 'number'], 2),
  REGEXP_REPLACE: text('regexp_replace', ['text', 'text', 'text', 'number', 'number', 'text'], 2),
  TO_CLOB: { args: ['text'], returns: 'text', sql: ([value]) => value as string },
  TO_NCHAR: { args: ['text'], returns: 'text', sql: ([value]) => value as string },
  // SQLite's codes for text without a letter and for no number are no NULL.
  SOUNDEX: { args: ['text'], returns: 'text', sql: ([value]) => `NULLIF(soundex(${value}), '?000')` },
  CHR: { args: ['number'], returns: 'text', sql: ([code]) => `CASE WHEN ${code} IS NOT NULL THEN char(${code}) END` },
  CONCAT: {
    args: ['text', 'text'],
    returns: 'text',
    sql: ([a, b]) => `NULLIF(COALESCE(${a}, '') || COALESCE(${b}, ''), '')`,
  },
  LENGTH: number(['text'], call('ora_length')),
  LENGTHB: number(['text'], ([value]) => `octet_length(${value})`),
  INSTR: number(['text', 'text', 'number', 'number'], call('ora_instr'), 2),
  ASCII: number(['text'], call('ora_ascii')),
  REGEXP_INSTR: number(['text', 'text', 'number', 'number', 'number', 'text'], call('ora_regexp_instr'), 2),
  REGEXP_COUNT: number(['text', 'text'], call('ora_regexp_count')),
  ABS: math('abs'),
  CEIL: number(['number'], ([value]) => `CAST(ceil(${value}) AS INTEGER)`),
  FLOOR: number(['number'], ([value]) => `CAST(floor(${value}) AS INTEGER)`),
  SIGN: math('sign'),
  SQRT: inRange('sqrt'),
  EXP: math('exp'),
  LN: inRange('ln'),
  LOG: inRange('log', 2),
  POWER: inRange('power', 2),
  MOD: math('ora_mod', 2),
  REMAINDER: number(['number', 'number'], call('ora_remainder')),
  SIN: math('sin'),
  COS: math('cos'),
  TAN: math('tan'),
  SINH: math('sinh'),
  COSH: math('cosh'),
  TANH: math('tanh'),
  ASIN: inRange('asin'),
  ACOS: inRange('acos'),
  ATAN: math('atan'),
  ATAN2: math('atan2', 2),
  BITAND: number(['number', 'number'], ([a, b]) => `(CAST(${a} AS INTEGER) & CAST(${b} AS INTEGER))`),
  TO_NUMBER: number(['any', 'text'], call('ora_num'), 1),
  ADD_MONTHS: date('addmonths', ['date', 'number']),
  LAST_DAY: date('lastday', ['date']),
  NEXT_DAY: date('nextday', ['date', 'text']),
  MONTHS_BETWEEN: number(['date', 'date'], call('ora_monthsbetween')),
  EXTRACT: number(['text', 'date'], call('ora_extract')),
};

const SPECIAL: Record<string, (args: Sql[]) => Sql> = {
  NVL: (args) => chooseAsFirst(args, ([a, b]) => `COALESCE(${a}, ${b})`),
  COALESCE: (args) =>
    choose(requireAlike(args), (sql) => (sql.length === 1 ? (sql[0] as string) : `COALESCE(${sql.join(', ')})`)),
  NVL2: ([test, ...branches]) =>
    chooseAsFirst(branches, ([yes, no]) => `CASE WHEN ${test?.sql} IS NOT NULL THEN ${yes} ELSE ${no} END`),
  NULLIF: ([a, b]) => ({
    ...(a as Sql),
    ...plain(a as Sql),
    sql: `NULLIF(${(a as Sql).sql}, ${as((a as Sql).type, b as Sql)})`,
  }),
  GREATEST: (args) => chooseAsFirst(args, (sql) => (sql.length === 1 ? (sql[0] as string) : `max(${sql.join(', ')})`)),
  LEAST: (args) => chooseAsFirst(args, (sql) => (sql.length === 1 ? (sql[0] as string) : `min(${sql.join(', ')})`)),
  DECODE: decode,
  TO_CHAR: toChar,
  TO_DATE: toDate,
  TO_TIMESTAMP: toDate,
  TO_TIMESTAMP_TZ: toDate,
  TRUNC: (args) => byDate(args, 'ora_dtrunc', 'ora_trunc'),
  ROUND: (args) => byDate(args, 'ora_dround', 'ora_round'),
};

const ARITY: Record<string, [number, number]> = {
  NVL: [2, 2],
  COALESCE: [1, 255],
  NVL2: [3, 3],
  NULLIF: [2, 2],
  GREATEST: [1, 255],
  LEAST: [1, 255],
  DECODE: [3, 255],
  TO_CHAR: [1, 3],
  TO_DATE: [1, 2],
  TO_TIMESTAMP: [1, 2],
  TO_TIMESTAMP_TZ: [1, 2],
  TRUNC: [1, 2],
  ROUND: [1, 2],
};

/** Undefined when SuiteQL has no such scalar function. */
export function scalarFunction(name: string, args: Sql[]): Sql | undefined {
  const spec = FUNCTIONS[name];
  const special = SPECIAL[name];
  const [min, max] = spec
    ? [spec.min ?? spec.args.length, spec.rest ? 255 : spec.args.length]
    : (ARITY[name] ?? [0, 0]);
  if (!spec && !special) return undefined;
  if (args.length < min || args.length > max) throw invalidValue(`${name} with ${args.length} arguments`);
  if (special) return { ...withoutStored(special(args)), constant: args.every((arg) => arg.constant) };
  const sql = args.map((arg, i) => coerce((spec as FunctionSpec).args[i] ?? 'any', arg));
  return {
    sql: (spec as FunctionSpec).sql(sql),
    type: (spec as FunctionSpec).returns,
    constant: args.every((arg) => arg.constant),
  };
}

const coerce = (kind: Kind, value: Sql): string =>
  kind === 'text' ? asText(value) : kind === 'number' ? asNumber(value) : kind === 'date' ? asDate(value) : value.sql;

const plain = (value: Sql): Partial<Sql> => ({ type: value.type });
const withoutStored = (value: Sql): Sql => ({
  sql: value.sql,
  type: value.type,
  constant: value.constant,
  ...(value.display ? { display: value.display } : {}),
});

/** One of several values: all are read as their common type. */
export function choose(values: Sql[], build: (sql: string[]) => string): Sql {
  const type = commonType(values);
  return {
    sql: build(values.map((value) => as(type, value))),
    type,
    constant: values.every((value) => value.constant),
    ...(values.some((value) => value.type === 'key') ? { display: refuseText } : {}),
  };
}

/** As `choose`, for functions that read all values as the type of the first where that is a number or a date. */
function chooseAsFirst(values: Sql[], build: (sql: string[]) => string): Sql {
  const first = values.find((value) => value.type !== 'null');
  if (!first || !values.some((value) => value.type === 'text') || !(first.type === 'number' || isDate(first.type)))
    return choose(values, build);
  const { type } = first;
  return {
    sql: build(values.map((value) => as(type, value))),
    type,
    constant: values.every((value) => value.constant),
  };
}

/** DECODE answers what its first result is, and text where that is NULL. */
function chooseAsFirstResult(results: Sql[], build: (sql: string[]) => string): Sql {
  const [first] = results as [Sql, ...Sql[]];
  if (first.type !== 'null' || commonType(results) === 'null') return chooseAsFirst(results, build);
  const chosen = choose([{ sql: "''", type: 'text', constant: true }, ...results], ([, ...sql]) => build(sql));
  return { ...chosen, constant: results.every((value) => value.constant) };
}

/** COALESCE and CASE convert nothing. Of a text that a field holds it is not certain what an account holds there, of a written one it is. */
export function requireAlike(values: Sql[]): Sql[] {
  const fixed = values.find((value) => value.type === 'number' || isDate(value.type));
  if (fixed && values.some((value) => value.type === 'text' && typeof value.literal === 'string'))
    throw invalidValue(
      `ORA-00932: inconsistent datatypes: ${fixed.type === 'number' ? 'NUMBER' : 'DATE'} and CHAR in one value`,
    );
  return values;
}

function decode([subject, ...rest]: Sql[]): Sql {
  const pairs: [Sql, Sql][] = [];
  for (let i = 0; i + 1 < rest.length; i += 2) pairs.push([rest[i] as Sql, rest[i + 1] as Sql]);
  const otherwise = rest.length % 2 === 1 ? rest[rest.length - 1] : undefined;
  const results = [...pairs.map(([, value]) => value), ...(otherwise ? [otherwise] : [])];
  const base = subject as Sql;
  // DECODE finds NULL equal to NULL, and compares as the first value looked for is.
  const first = pairs.find(([when]) => when.type !== 'null')?.[0].type ?? base.type;
  const type = isDate(base.type) ? base.type : first === 'number' ? 'number' : 'text';
  return chooseAsFirstResult(results, (sql) => {
    const arms = pairs.map(([when], i) => `WHEN ${as(type, base)} IS ${as(type, when)} THEN ${sql[i] as string}`);
    return `CASE ${arms.join(' ')} ELSE ${otherwise ? (sql[sql.length - 1] as string) : 'NULL'} END`;
  });
}

function toChar([value, model]: Sql[]): Sql {
  const base = value as Sql;
  const constant = base.constant;
  if (model === undefined) return { sql: asText(base), type: 'text', constant };
  if (isDate(base.type)) return { sql: `ora_dchar(${base.sql}, ${asText(model)})`, type: 'text', constant };
  return { sql: `ora_nchar(${asNumber(base)}, ${asText(model)})`, type: 'text', constant };
}

function toDate([value, model]: Sql[]): Sql {
  const base = value as Sql;
  if (isDate(base.type)) return { ...base, type: 'datetime' };
  if (model === undefined) return { sql: asDate(base), type: 'datetime', constant: base.constant };
  return { sql: `ora_date(${asText(base)}, ${asText(model)})`, type: 'datetime', constant: base.constant };
}

function byDate(args: Sql[], ofDate: string, ofNumber: string): Sql {
  const [value, unit] = args as [Sql, Sql | undefined];
  const constant = args.every((arg) => arg.constant);
  if (isDate(value.type))
    return { sql: `${ofDate}(${value.sql}${unit ? `, ${asText(unit)}` : ''})`, type: 'datetime', constant };
  return { sql: `${ofNumber}(${asNumber(value)}${unit ? `, ${asNumber(unit)}` : ''})`, type: 'number', constant };
}
