import type { Expr, Query } from './ast';
import { syntaxError } from './errors';
import type { Token } from './tokenize';

/** The rules that call each other in a circle; `parse.ts` ties them together. */
export interface Grammar {
  expression(cursor: Cursor): Expr;
  query(cursor: Cursor): Query;
}

/** A position in the tokens, with the little questions a recursive-descent parser asks. */
export class Cursor {
  private at = 0;
  private params = 0;
  private readonly tokens: Token[];
  readonly grammar: Grammar;

  constructor(tokens: Token[], grammar: Grammar) {
    this.tokens = tokens;
    this.grammar = grammar;
  }

  /** Expressions with commas between. */
  list(): Expr[] {
    const list = [this.grammar.expression(this)];
    while (this.acceptOp(',')) list.push(this.grammar.expression(this));
    return list;
  }

  peek(offset = 0): Token {
    return this.tokens[Math.min(this.at + offset, this.tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  /** Number of `?` read so far; the next one gets this index. */
  nextParam(): number {
    return this.params++;
  }

  get paramCount(): number {
    return this.params;
  }

  isWord(...words: string[]): boolean {
    const token = this.peek();
    return token.kind === 'word' && words.includes(token.upper);
  }

  /** The next tokens are exactly these words. */
  isPhrase(...words: string[]): boolean {
    return words.every((word, i) => this.peek(i).kind === 'word' && this.peek(i).upper === word);
  }

  isOp(...ops: string[]): boolean {
    const token = this.peek();
    return token.kind === 'op' && ops.includes(token.text);
  }

  acceptWord(...words: string[]): string | null {
    return this.isWord(...words) ? this.next().upper : null;
  }

  acceptPhrase(...words: string[]): boolean {
    if (!this.isPhrase(...words)) return false;
    this.at += words.length;
    return true;
  }

  acceptOp(...ops: string[]): string | null {
    return this.isOp(...ops) ? this.next().text : null;
  }

  expectWord(word: string): void {
    if (this.acceptWord(word) === null) this.fail(word);
  }

  expectOp(op: string): void {
    if (this.acceptOp(op) === null) this.fail(op);
  }

  fail(expected: string): never {
    const token = this.peek();
    throw syntaxError(`syntax error at position ${token.at + 1}: expected ${expected} near: ${token.text}`);
  }
}
