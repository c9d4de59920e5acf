import type { BinaryOp, Expr } from './ast';
import type { Cursor } from './cursor';
import { syntaxError, unsupported } from './errors';
import { parseCall } from './parse-call';
import { RESERVED } from './reserved';

const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='];
/** Functions Oracle writes without parentheses. */
const BARE_FUNCTIONS = new Set([
  'SYSDATE',
  'CURRENT_DATE',
  'SYSTIMESTAMP',
  'CURRENT_TIMESTAMP',
  'LOCALTIMESTAMP',
  'ROWNUM',
]);

export function parseExpression(cursor: Cursor): Expr {
  let left = parseAnd(cursor);
  while (cursor.acceptWord('OR')) left = { kind: 'binary', op: 'OR', left, right: parseAnd(cursor) };
  return left;
}

function parseAnd(cursor: Cursor): Expr {
  let left = parseNot(cursor);
  while (cursor.acceptWord('AND')) left = { kind: 'binary', op: 'AND', left, right: parseNot(cursor) };
  return left;
}

function parseNot(cursor: Cursor): Expr {
  if (cursor.acceptWord('NOT')) return { kind: 'unary', op: 'NOT', arg: parseNot(cursor) };
  return parsePredicate(cursor);
}

function parsePredicate(cursor: Cursor): Expr {
  const left = parseSum(cursor);
  if (cursor.isOp(...COMPARISONS)) {
    const op = cursor.next().text as BinaryOp;
    if (cursor.isWord('ANY', 'SOME', 'ALL')) throw unsupported(`${cursor.peek().upper} after a comparison`);
    return { kind: 'binary', op, left, right: parseSum(cursor) };
  }
  if (cursor.acceptWord('IS')) {
    const not = cursor.acceptWord('NOT') !== null;
    cursor.expectWord('NULL');
    return { kind: 'isNull', arg: left, not };
  }
  const not =
    cursor.isWord('NOT') &&
    ['IN', 'BETWEEN', 'LIKE'].includes(cursor.peek(1).upper) &&
    cursor.acceptWord('NOT') !== null;
  if (cursor.acceptWord('IN')) return parseIn(cursor, left, not);
  if (cursor.acceptWord('BETWEEN')) {
    const low = parseSum(cursor);
    cursor.expectWord('AND');
    return { kind: 'between', arg: left, low, high: parseSum(cursor), not };
  }
  if (cursor.acceptWord('LIKE')) {
    const pattern = parseSum(cursor);
    return { kind: 'like', arg: left, pattern, escape: cursor.acceptWord('ESCAPE') ? parseSum(cursor) : null, not };
  }
  return left;
}

function parseIn(cursor: Cursor, arg: Expr, not: boolean): Expr {
  cursor.expectOp('(');
  if (cursor.isWord('SELECT', 'WITH')) {
    const list = cursor.grammar.query(cursor);
    cursor.expectOp(')');
    return { kind: 'in', arg, list, not };
  }
  const list = cursor.list();
  cursor.expectOp(')');
  return { kind: 'in', arg, list, not };
}

/** Oracle's `||` binds as `+` and `-` do, from the left: `'5' || 1 + 2` is 53. */
function parseSum(cursor: Cursor): Expr {
  let left = parseProduct(cursor);
  for (let op = cursor.acceptOp('+', '-', '||'); op !== null; op = cursor.acceptOp('+', '-', '||')) {
    left = { kind: 'binary', op: op as BinaryOp, left, right: parseProduct(cursor) };
  }
  return left;
}

function parseProduct(cursor: Cursor): Expr {
  let left = parseUnary(cursor);
  for (let op = cursor.acceptOp('*', '/'); op !== null; op = cursor.acceptOp('*', '/')) {
    left = { kind: 'binary', op: op as BinaryOp, left, right: parseUnary(cursor) };
  }
  return left;
}

function parseUnary(cursor: Cursor): Expr {
  const op = cursor.acceptOp('-', '+');
  if (op !== null) return { kind: 'unary', op: op as '-' | '+', arg: parseUnary(cursor) };
  return parsePrimary(cursor);
}

function parsePrimary(cursor: Cursor): Expr {
  const token = cursor.peek();
  if (token.kind === 'string') return { kind: 'literal', value: cursor.next().text };
  if (token.kind === 'number') return { kind: 'literal', value: Number(cursor.next().text) };
  if (token.kind === 'field') return { kind: 'field', path: cursor.next().text };
  if (token.kind === 'param') {
    cursor.next();
    return { kind: 'param', index: cursor.nextParam() };
  }
  if (cursor.acceptOp('(')) return parseParenthesis(cursor);
  if (cursor.acceptOp('*')) return { kind: 'star', table: null };
  if (token.kind === 'quoted') return parseName(cursor);
  if (token.kind !== 'word') cursor.fail('an expression');
  return parseWord(cursor);
}

function parseParenthesis(cursor: Cursor): Expr {
  if (cursor.isWord('SELECT', 'WITH')) {
    const query = cursor.grammar.query(cursor);
    cursor.expectOp(')');
    return { kind: 'subquery', query };
  }
  const items = cursor.list();
  cursor.expectOp(')');
  return items.length === 1 ? (items[0] as Expr) : { kind: 'tuple', items };
}

function parseWord(cursor: Cursor): Expr {
  const word = cursor.peek().upper;
  if (word === 'NULL') {
    cursor.next();
    return { kind: 'literal', value: null };
  }
  if (word === 'CASE') return parseCase(cursor);
  if (word === 'EXISTS') {
    cursor.next();
    cursor.expectOp('(');
    const query = cursor.grammar.query(cursor);
    cursor.expectOp(')');
    return { kind: 'exists', query };
  }
  if ((word === 'DATE' || word === 'TIMESTAMP') && cursor.peek(1).kind === 'string') {
    // "You can't use date literals" (article_0824094533).
    throw unsupported(`date literals; use TO_DATE('${cursor.peek(1).text}', 'YYYY-MM-DD')`);
  }
  if (word === 'INTERVAL' && cursor.peek(1).kind === 'string') throw unsupported('INTERVAL literals');
  if (BARE_FUNCTIONS.has(word) && cursor.peek(1).text !== '.') {
    cursor.next();
    if (cursor.acceptOp('(')) cursor.expectOp(')');
    return { kind: 'call', name: word, args: [], distinct: false, within: null, over: null };
  }
  if (RESERVED.has(word)) cursor.fail('an expression');
  return parseCall(cursor) ?? parseName(cursor);
}

function parseCase(cursor: Cursor): Expr {
  cursor.expectWord('CASE');
  const subject = cursor.isWord('WHEN') ? null : parseExpression(cursor);
  const whens: { when: Expr; then: Expr }[] = [];
  while (cursor.acceptWord('WHEN')) {
    const when = parseExpression(cursor);
    cursor.expectWord('THEN');
    whens.push({ when, then: parseExpression(cursor) });
  }
  if (whens.length === 0) cursor.fail('WHEN');
  const otherwise = cursor.acceptWord('ELSE') ? parseExpression(cursor) : null;
  cursor.expectWord('END');
  return { kind: 'case', subject, whens, otherwise };
}

/** `column`, `table.column`, `table.*`, with Oracle's `(+)` behind it. */
function parseName(cursor: Cursor): Expr {
  const parts = [cursor.next()];
  while (cursor.acceptOp('.')) {
    if (cursor.acceptOp('*')) return { kind: 'star', table: parts.map((part) => part.text).join('.') };
    const part = cursor.next();
    if (part.kind !== 'word' && part.kind !== 'quoted') throw syntaxError(`expected a field name near: ${part.text}`);
    parts.push(part);
  }
  if (parts.length > 2) throw syntaxError(`too many name parts in ${parts.map((part) => part.text).join('.')}`);
  const outer = cursor.peek().text === '(' && cursor.peek(1).text === '+' && cursor.peek(2).text === ')';
  if (outer) for (let i = 0; i < 3; i++) cursor.next();
  const last = parts[parts.length - 1] as (typeof parts)[number];
  return {
    kind: 'column',
    table: parts.length > 1 ? (parts[0]?.text ?? null) : null,
    name: last.text,
    quoted: last.kind === 'quoted',
    outer,
  };
}
