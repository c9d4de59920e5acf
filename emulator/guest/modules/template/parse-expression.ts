import { callBuiltIn } from './built-ins';
import { lexExpression, type Token } from './lex-expression';
import { Formats, isHash, missingValue, plain, TemplateError, tolerant, type Expression, type Scope } from './model';
import { binary, isTrue, negate, range } from './operators';
import { printText } from './print-value';

const LEVELS: string[][] = [
  ['||'],
  ['&&'],
  ['==', '=', '!='],
  ['<', '>', '<=', '>='],
  ['..', '..<', '..!'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** A parser over the tokens of a directive or an interpolation; expressions are made into functions of the scope. */
export class ExpressionParser {
  readonly source: string;
  /** Compiles the text of a string that holds `${…}`. */
  private readonly interpolate: (text: string) => Expression;
  private readonly tokens: Token[];
  private at = 0;

  constructor(source: string, interpolate: (text: string) => Expression) {
    this.source = source.trim();
    this.interpolate = interpolate;
    this.tokens = lexExpression(this.source);
  }

  peek(ahead = 0): Token {
    return this.tokens[this.at + ahead] ?? { kind: 'end', text: '' };
  }

  next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  takes(text: string): boolean {
    const token = this.peek();
    if (token.kind === 'string' || token.text !== text || token.kind === 'end') return false;
    this.at++;
    return true;
  }

  expect(text: string): void {
    if (!this.takes(text)) this.fail(`expected ${text}`);
  }

  name(): string {
    const token = this.next();
    return token.kind === 'name' || token.kind === 'string' ? token.text : this.fail('expected a name');
  }

  get ended(): boolean {
    return this.peek().kind === 'end';
  }

  fail(why: string): never {
    throw new TemplateError(`Syntax error in template: ${why} near "${this.peek().text}" in "${this.source}"`);
  }

  /** The whole source as one expression. */
  whole(): Expression {
    const found = this.expression();
    if (!this.ended) this.fail('unexpected text');
    return found;
  }

  expression(level = 0): Expression {
    const signs = LEVELS[level];
    if (!signs) return this.unary();
    let left = this.expression(level + 1);
    while (this.peek().kind === 'sign' && signs.includes(this.peek().text)) {
      const sign = this.next().text;
      if (sign === '..' && !this.begins()) left = range(left, undefined, sign);
      else left = (level === 4 ? range : binary)(left, this.expression(level + 1), sign);
    }
    return left;
  }

  private begins(): boolean {
    const { kind, text } = this.peek();
    return kind === 'name' || kind === 'number' || kind === 'string' || ['(', '[', '{', '-', '!'].includes(text);
  }

  private unary(): Expression {
    if (this.takes('!')) {
      const operand = this.unary();
      return (scope) => !isTrue(operand(scope));
    }
    if (this.takes('-')) return negate(this.unary());
    if (this.takes('+')) return this.unary();
    return this.postfix(this.primary());
  }

  private primary(): Expression {
    const token = this.next();
    const { kind, text } = token;
    if (kind === 'number') return () => Number(text);
    if (kind === 'string') return token.raw || !/[$#]\{/.test(text) ? () => text : this.interpolate(text);
    if (kind === 'name') return this.named(text);
    if (text === '(') {
      const inner = this.expression();
      this.expect(')');
      return Object.assign((scope: Scope) => inner(scope), { guarded: true, source: inner.source ?? '' });
    }
    if (text === '[') {
      const items = this.list(']');
      return (scope) => items.map((item) => item(scope));
    }
    if (text === '{') return this.hash();
    if (text === '.' && this.takes('now')) return () => new Date();
    return this.fail('expected an expression');
  }

  private named(name: string): Expression {
    if (name === 'true') return () => true;
    if (name === 'false') return () => false;
    return Object.assign((scope: Scope) => scope.get(name), { source: name });
  }

  private hash(): Expression {
    const entries: [Expression, Expression][] = [];
    while (!this.takes('}')) {
      const key = this.expression();
      this.expect(':');
      entries.push([key, this.expression()]);
      this.takes(',');
    }
    return (scope) => Object.fromEntries(entries.map(([key, value]) => [printText(key(scope), ''), value(scope)]));
  }

  private list(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.takes(end)) {
      items.push(this.expression());
      if (!this.takes(',') && this.peek().text !== end) this.fail(`expected ${end}`);
    }
    return items;
  }

  private postfix(given: Expression): Expression {
    let left = given;
    for (;;) {
      const of = left;
      const source = of.source ?? '';
      if (this.takes('.')) {
        const key = this.next().text;
        left = Object.assign((scope: Scope) => member(of(scope), key, source), { source: `${source}.${key}` });
      } else if (this.takes('[')) {
        const key = this.expression();
        this.expect(']');
        left = Object.assign((scope: Scope) => member(of(scope), plain(key(scope)), source), {
          source: `${source}[…]`,
        });
      } else if (this.takes('??')) left = (scope) => tolerant(of, scope) !== undefined;
      else if (this.takes('?')) left = callBuiltIn(of, this.next().text, this.takes('(') ? this.list(')') : undefined);
      else if (this.peek().text === '!' && this.peek().kind === 'sign') left = this.fallback(of);
      else if (this.takes('(')) left = call(of, this.list(')'), source);
      else return left;
    }
  }

  /** `x!y`: what stands right of it reaches to the end of the expression, as in FreeMarker. */
  private fallback(of: Expression): Expression {
    this.next();
    const other = this.begins() ? this.expression() : undefined;
    return (scope) => tolerant(of, scope) ?? (other ? other(scope) : '');
  }
}

function member(value: unknown, key: unknown, source: string): unknown {
  if (value === undefined || value === null) throw missingValue(source);
  if (value instanceof Formats) return value.format(String(key));
  const inner = plain(value);
  if (Array.isArray(inner) || typeof inner === 'string') {
    if (Array.isArray(key))
      return typeof inner === 'string'
        ? inner.slice(key[0] as number, Number(key.at(-1)) + 1)
        : key.map((index) => (inner as unknown[])[Number(index)]);
    return typeof key === 'number' ? inner[key] : undefined;
  }
  if (!isHash(inner)) return undefined;
  const name = String(key);
  // "You can use camel case or lower case" for the fields of records (bridgehead_3785741842).
  return Object.hasOwn(inner, name)
    ? inner[name]
    : Object.hasOwn(inner, name.toLowerCase())
      ? inner[name.toLowerCase()]
      : undefined;
}

function call(of: Expression, args: Expression[], source: string): Expression {
  return (scope) => {
    const found = of(scope);
    if (typeof found !== 'function') throw new TemplateError(`For "${source}(…)": expected a function or method.`);
    return (found as (given: unknown[]) => unknown)(args.map((arg) => arg(scope)));
  };
}
