import { syntaxError } from './errors';

export interface Token {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'op' | 'param' | 'field' | 'end';
  /** Words upper-cased in `upper`; `text` as written (quotes removed). */
  text: string;
  upper: string;
  at: number;
}

const SPACE = /\s/;
const WORD_START = /[A-Za-z_\u0080-\uffff]/;
const WORD = /[A-Za-z0-9_$#\u0080-\uffff]*/y;
const NUMBER = /(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?/y;
const OPERATORS = ['<>', '!=', '^=', '<=', '>=', '||', '=', '<', '>', '+', '-', '*', '/', '(', ')', ',', '.', ';'];

/** Splits SuiteQL, or the formula of a search (where `{field}` is a token), into tokens; comments disappear. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: Token['kind'], text: string, end: number): void => {
    tokens.push({ kind, text, upper: kind === 'word' ? text.toUpperCase() : text, at });
    at = end;
  };
  while (at < sql.length) {
    const char = sql[at] as string;
    if (SPACE.test(char)) at++;
    else if (sql.startsWith('--', at)) at = endOf(sql, '\n', at);
    else if (sql.startsWith('/*', at)) at = endOfComment(sql, at);
    else if (char === "'") readQuoted(sql, at, "'", (text, end) => push('string', text, end));
    else if (char === '"') readQuoted(sql, at, '"', (text, end) => push('quoted', text, end));
    else if (char === '{') readField(sql, at, (text, end) => push('field', text, end));
    else if (char === '?') push('param', '?', at + 1);
    else if (WORD_START.test(char)) push('word', match(WORD, sql, at), at + match(WORD, sql, at).length);
    else if (/\d/.test(char) || (char === '.' && /\d/.test(sql[at + 1] ?? ''))) {
      const text = match(NUMBER, sql, at);
      push('number', text, at + text.length);
    } else {
      const op = OPERATORS.find((known) => sql.startsWith(known, at));
      if (op === undefined) throw syntaxError(`unexpected character ${char} at position ${at + 1}`);
      push('op', op === '!=' || op === '^=' ? '<>' : op, at + op.length);
    }
  }
  tokens.push({ kind: 'end', text: 'end of query', upper: '', at });
  return tokens;
}

function endOf(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from);
  return found < 0 ? sql.length : found + mark.length;
}

function endOfComment(sql: string, from: number): number {
  const found = sql.indexOf('*/', from + 2);
  if (found < 0) throw syntaxError(`missing */ for the comment that starts at position ${from + 1}`);
  return found + 2;
}

function match(pattern: RegExp, sql: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? '';
}

function readQuoted(sql: string, at: number, quote: string, done: (text: string, end: number) => void): void {
  let text = '';
  for (let i = at + 1; i < sql.length; i++) {
    if (sql[i] !== quote) text += sql[i] as string;
    else if (sql[i + 1] === quote) text += sql[i++] as string;
    else return done(text, i + 1);
  }
  throw syntaxError(`missing closing ${quote} for the text that starts at position ${at + 1}`);
}

function readField(sql: string, at: number, done: (text: string, end: number) => void): void {
  const end = sql.indexOf('}', at);
  if (end < 0) throw syntaxError(`missing } for the field that starts at position ${at + 1}`);
  done(sql.slice(at + 1, end).trim(), end + 1);
}
