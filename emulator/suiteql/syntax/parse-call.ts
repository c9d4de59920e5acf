import type { Call, Expr, OrderTerm } from './ast';
import type { Cursor } from './cursor';
import { unsupported } from './errors';

/** `NAME(…)`, `BUILTIN.NAME(…)`, `CAST(x AS type)`, `TRIM([BOTH x] FROM y)`, aggregates and window functions; null when no call stands here. */
export function parseCall(cursor: Cursor): Expr | null {
  const builtin = ['BUILTIN', 'BUILTIN_RESULT'].includes(cursor.peek().upper) && cursor.peek(1).text === '.';
  const at = builtin ? 2 : 0;
  if (cursor.peek(at).kind !== 'word' || cursor.peek(at + 1).text !== '(') return null;
  if (cursor.peek(at + 2).text === '+' && cursor.peek(at + 3).text === ')') return null;
  const name = (builtin ? `${cursor.peek().upper}.` : '') + cursor.peek(at).upper;
  for (let i = 0; i < at + 2; i++) cursor.next();
  if (name === 'CAST') return parseCast(cursor);
  if (name === 'TRIM') return parseTrim(cursor);
  if (name === 'EXTRACT') return parseExtract(cursor);
  const call: Call = { kind: 'call', name, args: [], distinct: false, within: null, over: null };
  call.distinct = cursor.acceptWord('DISTINCT', 'UNIQUE') !== null;
  if (!call.distinct) cursor.acceptWord('ALL');
  if (!cursor.isOp(')')) call.args = cursor.list();
  if (name === 'LISTAGG' && cursor.isWord('ON')) throw unsupported('ON OVERFLOW in LISTAGG');
  cursor.expectOp(')');
  // How N/query writes the type of a result's column: the first value, as it is.
  if (name.startsWith('BUILTIN_RESULT.TYPE_') && call.args[0]) return call.args[0];
  if (cursor.acceptWord('KEEP')) call.keep = parseKeep(cursor);
  if (cursor.acceptPhrase('WITHIN', 'GROUP')) {
    cursor.expectOp('(');
    call.within = parseOrderBy(cursor);
    cursor.expectOp(')');
  }
  if (cursor.acceptWord('OVER')) call.over = parseOver(cursor);
  return call;
}

function parseKeep(cursor: Cursor): NonNullable<Call['keep']> {
  cursor.expectOp('(');
  cursor.expectWord('DENSE_RANK');
  const side = cursor.acceptWord('FIRST', 'LAST');
  if (side === null) cursor.fail('FIRST or LAST');
  const [order, ...more] = parseOrderBy(cursor);
  if (order === undefined || more.length > 0) throw unsupported('KEEP with an order of several values');
  cursor.expectOp(')');
  return { last: side === 'LAST', order };
}

function parseOver(cursor: Cursor): Call['over'] {
  cursor.expectOp('(');
  const partitionBy = cursor.acceptPhrase('PARTITION', 'BY') ? cursor.list() : [];
  const orderBy = cursor.isPhrase('ORDER', 'BY') ? parseOrderBy(cursor) : [];
  const frame = parseFrame(cursor);
  cursor.expectOp(')');
  return { partitionBy, orderBy, frame };
}

/** `ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`; null without one. */
function parseFrame(cursor: Cursor): string | null {
  const unit = cursor.acceptWord('ROWS', 'RANGE');
  if (unit === null) return null;
  if (!cursor.acceptWord('BETWEEN')) return `${unit} ${parseEdge(cursor, unit)}`;
  const from = parseEdge(cursor, unit);
  cursor.expectWord('AND');
  return `${unit} BETWEEN ${from} AND ${parseEdge(cursor, unit)}`;
}

function parseEdge(cursor: Cursor, unit: string): string {
  if (cursor.acceptPhrase('CURRENT', 'ROW')) return 'CURRENT ROW';
  const unbounded = cursor.acceptWord('UNBOUNDED') !== null;
  // A RANGE counts in units of the sorted values, days for dates, which are text here.
  if (!unbounded && unit === 'RANGE') throw unsupported('a RANGE of values in a window');
  const count = unbounded ? 'UNBOUNDED' : cursor.next();
  if (typeof count !== 'string' && count.kind !== 'number') throw unsupported(`${count.text} in a window`);
  const side = cursor.acceptWord('PRECEDING', 'FOLLOWING');
  if (side === null) cursor.fail('PRECEDING or FOLLOWING');
  return `${typeof count === 'string' ? count : count.text} ${side}`;
}

export function parseOrderBy(cursor: Cursor): OrderTerm[] {
  cursor.expectWord('ORDER');
  cursor.expectWord('BY');
  const terms: OrderTerm[] = [];
  do {
    const expr = cursor.grammar.expression(cursor);
    const descending = cursor.acceptWord('ASC', 'DESC') === 'DESC';
    let nulls: OrderTerm['nulls'] = null;
    if (cursor.acceptWord('NULLS')) nulls = cursor.acceptWord('FIRST') ? 'first' : 'last';
    if (nulls === 'last') cursor.acceptWord('LAST');
    terms.push({ expr, descending, nulls });
  } while (cursor.acceptOp(','));
  return terms;
}

function parseCast(cursor: Cursor): Expr {
  const arg = cursor.grammar.expression(cursor);
  cursor.expectWord('AS');
  const type = cursor.next().upper;
  const sizes: number[] = [];
  if (cursor.acceptOp('(')) {
    do sizes.push(parseSize(cursor));
    while (cursor.acceptOp(','));
    cursor.expectOp(')');
  }
  cursor.expectOp(')');
  return { kind: 'cast', arg, type, sizes };
}

/** `10`, `-2`, `20 CHAR`, and `*` for as many digits as there are. */
function parseSize(cursor: Cursor): number {
  if (cursor.acceptOp('*')) return 38;
  const sign = cursor.acceptOp('-') === null ? 1 : -1;
  const { kind, text } = cursor.next();
  if (kind !== 'number') throw unsupported(`${text} as the size of a type`);
  cursor.acceptWord('CHAR', 'BYTE');
  return sign * Number(text);
}

const call = (name: string, args: Expr[]): Call => ({
  kind: 'call',
  name,
  args,
  distinct: false,
  within: null,
  over: null,
});

function parseTrim(cursor: Cursor): Expr {
  const side = cursor.acceptWord('LEADING', 'TRAILING', 'BOTH') ?? 'BOTH';
  const first = cursor.isWord('FROM') ? null : cursor.grammar.expression(cursor);
  const text = cursor.acceptWord('FROM') ? cursor.grammar.expression(cursor) : null;
  cursor.expectOp(')');
  const name = { LEADING: 'LTRIM', TRAILING: 'RTRIM', BOTH: 'TRIM' }[side] as string;
  if (text !== null) return call(name, first === null ? [text] : [text, first]);
  if (first === null) cursor.fail('an expression');
  return call(name, [first]);
}

function parseExtract(cursor: Cursor): Expr {
  const part = cursor.next().upper;
  cursor.expectWord('FROM');
  const arg = cursor.grammar.expression(cursor);
  cursor.expectOp(')');
  return call('EXTRACT', [{ kind: 'literal', value: part }, arg]);
}
