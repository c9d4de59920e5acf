import type { Body, Expr, FromItem, JoinType, Query, Select, SelectItem, SetOp } from './ast';
import type { Cursor } from './cursor';
import { syntaxError, unsupported } from './errors';
import { parseOrderBy } from './parse-call';
import { parseExpression } from './parse-expression';
import { RESERVED } from './reserved';

export function parseQuery(cursor: Cursor): Query {
  const ctes = cursor.acceptWord('WITH') ? parseCtes(cursor) : [];
  const body = parseBody(cursor);
  const query: Query = { kind: 'query', ctes, body, orderBy: [], offset: null, fetch: null };
  if (cursor.isPhrase('ORDER', 'BY')) query.orderBy = parseOrderBy(cursor);
  if (cursor.acceptWord('OFFSET')) {
    query.offset = parseExpression(cursor);
    if (cursor.acceptWord('ROWS', 'ROW') === null) cursor.fail('ROWS');
  }
  if (cursor.acceptWord('FETCH')) {
    if (cursor.acceptWord('FIRST', 'NEXT') === null) cursor.fail('FIRST');
    query.fetch = cursor.isWord('ROW', 'ROWS') ? { kind: 'literal', value: 1 } : parseExpression(cursor);
    if (cursor.isWord('PERCENT')) throw unsupported('FETCH FIRST n PERCENT');
    if (cursor.acceptWord('ROWS', 'ROW') === null) cursor.fail('ROWS');
    if (cursor.isPhrase('WITH', 'TIES')) throw unsupported('FETCH FIRST … WITH TIES');
    cursor.expectWord('ONLY');
  }
  if (body.kind === 'select' && body.top !== null && (query.fetch !== null || query.offset !== null))
    throw unsupported('TOP beside OFFSET or FETCH');
  if (cursor.isWord('LIMIT')) throw unsupported('LIMIT; use FETCH FIRST n ROWS ONLY or ROWNUM');
  if (cursor.isPhrase('FOR', 'UPDATE')) throw unsupported('FOR UPDATE');
  if (cursor.isPhrase('CONNECT', 'BY') || cursor.isPhrase('START', 'WITH')) throw unsupported('CONNECT BY');
  return query;
}

function parseCtes(cursor: Cursor): Query['ctes'] {
  const ctes: Query['ctes'] = [];
  do {
    if (cursor.isWord('RECURSIVE')) throw unsupported('recursive WITH');
    const name = cursor.next().text;
    const columns: string[] = [];
    if (cursor.acceptOp('(')) {
      do columns.push(cursor.next().text);
      while (cursor.acceptOp(','));
      cursor.expectOp(')');
    }
    cursor.expectWord('AS');
    cursor.expectOp('(');
    ctes.push({ name, columns, query: parseQuery(cursor) });
    cursor.expectOp(')');
  } while (cursor.acceptOp(','));
  return ctes;
}

function parseBody(cursor: Cursor): Body {
  let left = parseOperand(cursor);
  for (;;) {
    const word = cursor.acceptWord('UNION', 'INTERSECT', 'MINUS', 'EXCEPT');
    if (word === null) return left;
    const all = cursor.acceptWord('ALL') !== null;
    if (all && word !== 'UNION') throw unsupported(`${word} ALL`);
    const op: SetOp = word === 'UNION' ? (all ? 'UNION ALL' : 'UNION') : word === 'INTERSECT' ? 'INTERSECT' : 'MINUS';
    left = { kind: 'set', op, left, right: parseOperand(cursor) };
  }
}

function parseOperand(cursor: Cursor): Body {
  if (!cursor.acceptOp('(')) return parseSelect(cursor);
  const query = parseQuery(cursor);
  cursor.expectOp(')');
  return { kind: 'nested', query };
}

function parseSelect(cursor: Cursor): Select {
  if (!cursor.isWord('SELECT')) {
    throw syntaxError(`only SELECT statements can be run, near: ${cursor.peek().text}`);
  }
  cursor.next();
  const distinct = cursor.acceptWord('DISTINCT', 'UNIQUE') !== null;
  if (!distinct) cursor.acceptWord('ALL');
  let top: number | null = null;
  if (cursor.isWord('TOP') && cursor.peek(1).kind === 'number') {
    cursor.next();
    top = Number(cursor.next().text);
  }
  const items = parseItems(cursor);
  const select: Select = { kind: 'select', distinct, top, items, from: [], where: null, groupBy: [], having: null };
  if (cursor.acceptWord('FROM')) {
    do select.from.push(parseFrom(cursor));
    while (cursor.acceptOp(','));
  }
  if (cursor.acceptWord('WHERE')) select.where = parseExpression(cursor);
  if (cursor.isPhrase('CONNECT', 'BY') || cursor.isPhrase('START', 'WITH')) throw unsupported('CONNECT BY');
  if (cursor.acceptPhrase('GROUP', 'BY')) {
    if (cursor.isWord('ROLLUP', 'CUBE', 'GROUPING')) throw unsupported(`GROUP BY ${cursor.peek().upper}`);
    select.groupBy = cursor.list();
  }
  if (cursor.acceptWord('HAVING')) select.having = parseExpression(cursor);
  return select;
}

function parseItems(cursor: Cursor): SelectItem[] {
  const items: SelectItem[] = [];
  do {
    const expr = parseExpression(cursor);
    items.push({ expr, alias: parseAlias(cursor) });
  } while (cursor.acceptOp(','));
  return items;
}

function parseAlias(cursor: Cursor): string | null {
  const named = cursor.acceptWord('AS') !== null;
  const token = cursor.peek();
  if (token.kind === 'quoted' || (token.kind === 'word' && (named || !NO_ALIAS.has(token.upper))))
    return cursor.next().text;
  if (named) cursor.fail('an alias');
  return null;
}

const NO_ALIAS = new Set([...RESERVED, 'LIMIT', 'FOR', 'CONNECT', 'START', 'NATURAL']);

function parseFrom(cursor: Cursor): FromItem {
  let left = parseSource(cursor);
  for (;;) {
    const type = parseJoinType(cursor);
    if (type === null) return left;
    const right = parseSource(cursor);
    if (cursor.isWord('USING')) throw unsupported('JOIN … USING; write ON');
    let on: Expr | null = null;
    if (type !== 'cross') {
      cursor.expectWord('ON');
      on = parseExpression(cursor);
    }
    left = { kind: 'join', type, left, right, on };
  }
}

function parseJoinType(cursor: Cursor): JoinType | null {
  if (cursor.isWord('NATURAL')) throw unsupported('NATURAL JOIN');
  if (cursor.acceptPhrase('CROSS', 'JOIN')) return 'cross';
  if (cursor.acceptWord('JOIN')) return 'inner';
  if (cursor.acceptPhrase('INNER', 'JOIN')) return 'inner';
  const side = cursor.acceptWord('LEFT', 'RIGHT', 'FULL');
  if (side === null) return null;
  cursor.acceptWord('OUTER');
  cursor.expectWord('JOIN');
  return side.toLowerCase() as JoinType;
}

function parseSource(cursor: Cursor): FromItem {
  if (cursor.acceptOp('(')) {
    if (cursor.isWord('SELECT', 'WITH')) {
      const query = parseQuery(cursor);
      cursor.expectOp(')');
      return { kind: 'derived', query, alias: parseAlias(cursor) };
    }
    const inner = parseFrom(cursor);
    cursor.expectOp(')');
    return inner;
  }
  const token = cursor.next();
  if (token.kind !== 'word' && token.kind !== 'quoted') throw syntaxError(`expected a record name near: ${token.text}`);
  if (cursor.isOp('.')) throw tableWithSchema(token.text);
  return { kind: 'table', name: token.text, alias: parseAlias(cursor) };
}

const tableWithSchema = (name: string): Error => unsupported(`schema prefix ${name}`);
