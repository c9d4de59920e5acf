import type { Call, Expr, OrderTerm } from './ast';
import type { Cursor } from './cursor';
import { unsupported } from './errors';

/** `NAME(…)`, `BUILTIN.NAME(…)`, `CAST(x AS type)`, `TRIM([BOTH x] FROM y)`, aggregates and window functions; null when no call stands here. */
export function parseCall(cursor: Cursor): Expr | null {
  const builtin = cursor.peek().upper === 'BUILTIN' && cursor.peek(1).text === '.';
  const at = builtin ? 2 : 0;
  if (cursor.peek(at).kind !== 'word' || cursor.peek(at + 1).text !== '(') return null;
  if (cursor.peek(at + 2).text === '+' && cursor.peek(at + 3).text === ')') return null;
  const name = (builtin ? 'BUILTIN.' : '') + cursor.peek(at).upper;
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
  if (cursor.isWord('KEEP')) throw unsupported(`KEEP after ${name}`);
  if (cursor.acceptPhrase('WITHIN', 'GROUP')) {
    cursor.expectOp('(');
    call.within = parseOrderBy(cursor);
    cursor.expectOp(')');
  }
  if (cursor.acceptWord('OVER')) call.over = parseOver(cursor);
  return call;
}

function parseOver(cursor: Cursor): Call['over'] {
  cursor.expectOp('(');
  const partitionBy = cursor.acceptPhrase('PARTITION', 'BY') ? cursor.list() : [];
  const orderBy = cursor.isPhrase('ORDER', 'BY') ? parseOrderBy(cursor) : [];
  if (cursor.isWord('ROWS', 'RANGE')) throw unsupported('a window frame (ROWS or RANGE)');
  cursor.expectOp(')');
  return { partitionBy, orderBy };
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
  if (cursor.acceptOp('(')) {
    while (!cursor.isOp(')')) cursor.next();
    cursor.expectOp(')');
  }
  cursor.expectOp(')');
  return { kind: 'cast', arg, type };
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
