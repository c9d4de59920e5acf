import type { Expr, Query } from './ast';
import { Cursor, type Grammar } from './cursor';
import { syntaxError } from './errors';
import { parseExpression } from './parse-expression';
import { parseQuery } from './parse-query';
import { tokenize } from './tokenize';

const GRAMMAR: Grammar = { expression: parseExpression, query: parseQuery };

/** Parses one SuiteQL SELECT statement. Throws a FaultError that names the place. */
export function parseSuiteQl(sql: string): { query: Query; paramCount: number } {
  const cursor = new Cursor(tokenize(sql), GRAMMAR);
  const query = parseQuery(cursor);
  cursor.acceptOp(';');
  end(cursor);
  return { query, paramCount: cursor.paramCount };
}

/** Parses the formula of a search column or filter. */
export function parseFormula(formula: string): Expr {
  const cursor = new Cursor(tokenize(formula), GRAMMAR);
  const expr = parseExpression(cursor);
  end(cursor);
  return expr;
}

function end(cursor: Cursor): void {
  const token = cursor.peek();
  if (token.kind !== 'end')
    throw syntaxError(`syntax error at position ${token.at + 1}: unexpected text near: ${token.text}`);
}
