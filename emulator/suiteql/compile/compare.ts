import { asDate, asNumber, asText, asValue } from './coerce';
import type { CompileContext } from './context';
import { isDate, type Sql, type Stored } from './sql';

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';
const FLIP: Record<Comparison, Comparison> = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

export const condition = (sql: string): Sql => ({ sql, type: 'condition', constant: false });

/** `left op right` by Oracle's rules, in a form an index can serve where there is one. */
export function compare(context: CompileContext, op: Comparison, left: Sql, right: Sql): Sql {
  asValue(left);
  asValue(right);
  if (left.type === 'null' || right.type === 'null') return condition('NULL');
  if (left.constant && !right.constant) return compare(context, FLIP[op], right, left);
  if (left.type === 'status' || right.type === 'status') return compareStatus(op, left, right);
  if (isDate(left.type) || isDate(right.type)) return compareDates(context, op, left, right);
  if (left.type === 'key' || right.type === 'key') return compareKeys(context, op, left, right);
  if (left.stored?.form === 'bool' && left.type === 'bool') return compareBool(op, left, right);
  if (left.type === 'number' || right.type === 'number') return compareNumbers(context, op, left, right);
  return compareTexts(context, op, left, right);
}

function compareStatus(op: Comparison, left: Sql, right: Sql): Sql {
  const [status, other] = left.type === 'status' ? [left, right] : [right, left];
  const plain = `${status.sql} ${op} ${asText(other)}`;
  if (status.alternative === undefined || other.type === 'status') return condition(plain);
  const alternative = `${status.alternative} ${op} ${asText(other)}`;
  return condition(op === '<>' ? `(${plain} AND ${alternative})` : `(${plain} OR ${alternative})`);
}

function compareDates(context: CompileContext, op: Comparison, left: Sql, right: Sql): Sql {
  const [stored, other, direction] = left.stored && isDate(left.type) ? [left, right, op] : [right, left, FLIP[op]];
  if (stored.stored && other.constant) {
    const value = asDate(other);
    const raw = stored.stored.sql;
    context.wantIndex(stored.stored);
    if (stored.stored.form === 'date') return condition(`${raw} ${direction} ora_day(${value})`);
    if (stored.stored.form === 'datetime') return condition(compareInstant(raw, direction, value));
  }
  return condition(`${asDate(left)} ${op} ${asDate(right)}`);
}

/** Stored instants have any precision below a second: a second is the range from its prefix to the next one's. */
function compareInstant(raw: string, op: Comparison, civil: string): string {
  const from = `ora_instant(${civil})`;
  const next = `ora_instant(${civil}, 1)`;
  switch (op) {
    case '=':
      return `(${raw} >= ${from} AND ${raw} < ${next})`;
    case '<>':
      return `(${raw} < ${from} OR ${raw} >= ${next})`;
    case '<':
      return `${raw} < ${from}`;
    case '<=':
      return `${raw} < ${next}`;
    case '>':
      return `${raw} >= ${next}`;
    case '>=':
      return `${raw} >= ${from}`;
  }
}

/** A whole number as it is stored; one that a function answers is REAL, whose text SQLite writes as `5.0`. */
const PLAIN_COLUMN = /^\w+\.id$/;

function compareKeys(context: CompileContext, op: Comparison, left: Sql, right: Sql): Sql {
  const equality = op === '=' || op === '<>';
  const [key, other] = left.type === 'key' ? [left, right] : [right, left];
  if (!equality) return condition(`${asNumber(left)} ${op} ${asNumber(right)}`);
  const raw = key.stored?.sql ?? `CAST(${key.sql} AS TEXT)`;
  const found = op === '=' ? key.stored?.found : undefined;
  const withFound = (said: string, value: string): Sql =>
    condition(found ? `(${said} AND ${found(`= ${value}`)})` : said);
  if (other.type === 'key') {
    context.wantIndex(key.stored);
    context.wantIndex(other.stored);
    const value = other.stored?.sql ?? `CAST(${other.sql} AS TEXT)`;
    return withFound(`${raw} ${op} ${value}`, value);
  }
  const constant = context.constantAs(other, 'key');
  context.wantIndex(key.stored);
  if (constant !== undefined) return withFound(`${raw} ${op} ${constant}`, constant);
  if (other.type === 'number') {
    const numeric = `CAST(${raw} AS INTEGER) ${op} ${other.sql}`;
    // Said twice, so that an index of either side can serve the join; '' || has no affinity, CAST would rule the index out.
    const value = PLAIN_COLUMN.test(other.sql) ? `'' || ${other.sql}` : `ora_text(${other.sql})`;
    return op === '=' ? withFound(`(${numeric} AND ${raw} = ${value})`, value) : condition(numeric);
  }
  return condition(`${raw} ${op} ${asText(other)}`);
}

const OTHER: Record<string, string | undefined> = { T: 'F', F: 'T' };

function compareBool(op: Comparison, left: Sql, right: Sql): Sql {
  const raw = left.stored?.sql as string;
  const wanted = op === '=' ? right.literal : op === '<>' ? OTHER[String(right.literal)] : undefined;
  // Never NULL: a box that nobody has ticked is F, and NOT of that is true.
  if (wanted === 'T') return condition(`(${raw} IS NOT NULL AND ${raw} IN (1, 'T'))`);
  if (wanted === 'F') return condition(`(${raw} IS NULL OR ${raw} IN (0, 'F'))`);
  return condition(`${left.sql} ${op} ${asText(right)}`);
}

function compareNumbers(context: CompileContext, op: Comparison, left: Sql, right: Sql): Sql {
  const number = (value: Sql): string => {
    const constant = value.type === 'number' ? undefined : context.constantAs(value, 'number');
    return constant !== undefined && value.param === undefined && !Number.isNaN(Number(value.literal))
      ? constant
      : asNumber(value);
  };
  if (op === '=') {
    context.wantIndex(left.stored);
    context.wantIndex(right.stored);
  }
  const side = (value: Sql): string =>
    value.stored?.form === 'number' && value.type === 'number' ? value.stored.sql : number(value);
  return condition(`${side(left)} ${op} ${side(right)}`);
}

function compareTexts(context: CompileContext, op: Comparison, left: Sql, right: Sql): Sql {
  const side = (value: Sql): string => (value.stored?.form === 'text' ? value.stored.sql : asText(value));
  if (op === '=' && left.equals && typeof right.literal === 'string') return condition(left.equals(right.literal));
  if (op === '=') {
    context.wantIndex(left.stored);
    context.wantIndex(right.stored);
    if (left.stored?.form === 'external') return condition(externalEquals(context, left.stored, [right]));
    context.wantComputed(left);
    context.wantComputed(right);
  }
  return condition(`${side(left)} ${op} ${side(right)}`);
}

/** The unique index of external ids ignores case, SuiteQL's comparison does not: both are said. */
function externalEquals(context: CompileContext, { sql: column, where }: Stored, values: Sql[]): string {
  const group = where === undefined ? '' : `${where} AND `;
  const members = (form: 'text' | 'upper'): string => {
    if (isLong(values)) return `IN (${context.list(values, form)})`;
    const one = (value: Sql): string => {
      const text = context.constantAs(value, 'text') ?? asText(value);
      return form === 'upper' ? `upper(${text})` : text;
    };
    return values.length === 1 ? `= ${one(values[0] as Sql)}` : `IN (${values.map(one).join(', ')})`;
  };
  return `(${group}upper(${column}) ${members('upper')} AND ${column} ${members('text')} AND ${column} IS NOT NULL)`;
}

/** Lists of constants longer than this travel as one parameter. */
const SHORT_LIST = 20;
const isConstant = (item: Sql): boolean => item.param !== undefined || item.literal !== undefined;
const isLong = (list: Sql[]): boolean => list.length > SHORT_LIST && list.every(isConstant);

/** `arg IN (list)`: one native list where every member is a constant, else a chain of comparisons. */
export function compareList(context: CompileContext, arg: Sql, list: Sql[], not: boolean): Sql {
  const word = not ? 'NOT IN' : 'IN';
  const members = (form: 'key' | 'text'): string =>
    isLong(list) ? context.list(list, form) : list.map((item) => context.constantAs(item, form)).join(', ');
  if (list.every(isConstant)) {
    const { equals, stored } = arg;
    if (arg.type === 'key') {
      context.wantIndex(stored);
      const test = `${word} (${members('key')})`;
      const said = `${stored?.sql ?? `CAST(${arg.sql} AS TEXT)`} ${test}`;
      return condition(!not && stored?.found ? `(${said} AND ${stored.found(test)})` : said);
    }
    if (arg.type === 'text' && stored?.form === 'external' && !not)
      return condition(externalEquals(context, stored, list));
    if (equals && !not && list.every((item) => typeof item.literal === 'string')) {
      return condition(`(${list.map((item) => equals(String(item.literal))).join(' OR ')})`);
    }
    // As with `=`, a number makes the text one.
    if (arg.type === 'text' && list.every((item) => item.type === 'number'))
      return condition(`${asNumber(arg)} ${word} (${numberMembers(context, list)})`);
    if (arg.type === 'text' && !list.some((item) => item.type === 'number')) {
      context.wantIndex(stored);
      if (!not) context.wantComputed(arg);
      return condition(`${stored?.form === 'text' ? stored.sql : arg.sql} ${word} (${members('text')})`);
    }
    if (arg.type === 'number') return condition(`${arg.sql} ${word} (${numberMembers(context, list)})`);
  }
  const op = not ? '<>' : '=';
  return condition(`(${list.map((item) => compare(context, op, arg, item).sql).join(not ? ' AND ' : ' OR ')})`);
}

const numberMembers = (context: CompileContext, list: Sql[]): string =>
  isLong(list) && list.every((item) => item.type === 'number')
    ? context.list(list, 'number')
    : list.map((item) => numberMember(context, item)).join(', ');

const numberMember = (context: CompileContext, item: Sql): string =>
  item.type === 'number' || item.literal === null ? (context.constantAs(item, 'number') as string) : asNumber(item);
