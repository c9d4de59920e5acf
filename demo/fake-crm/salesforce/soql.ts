/** The part of SOQL that integrations read by: fields, child lists, conditions with AND, OR and NOT, order, limit, offset and counts. */
export interface Query {
  fields: string[];
  children: { relation: string; fields: string[] }[];
  object: string;
  /** `get` reads a path of the record that is tested. */
  matches: (get: (path: string) => unknown) => boolean;
  order: { path: string; descending: boolean }[];
  limit: number | null;
  offset: number;
  count: boolean;
}

export class MalformedQuery extends Error {}

/** What letters after a backslash stand for. */
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const TOKEN =
  /\s*('(?:[^'\\\r\n]|\\.)*'|\d{4}-\d\d-\d\d[T\d:.+Z-]*|-?\d+(?:\.\d+)?|[A-Za-z_][\w.]*|<=|>=|!=|[=<>(),])/gy;

type Matches = Query['matches'];

export function parseSoql(text: string): Query {
  return new SoqlParser(text).query();
}

class SoqlParser {
  readonly #tokens: string[];
  #at = 0;

  constructor(text: string) {
    const tokens: string[] = [];
    let end = 0;
    for (const match of text.matchAll(TOKEN)) {
      tokens.push(match[1]!);
      end = match.index + match[0].length;
    }
    if (text.slice(end).trim() !== '') throw new MalformedQuery(`unexpected token: '${text.slice(end, end + 40)}'`);
    this.#tokens = tokens;
  }

  query(): Query {
    this.#expect('SELECT');
    const fields: string[] = [];
    const children: Query['children'] = [];
    let count = false;
    do {
      if (this.#take('(')) children.push(this.#child());
      else {
        fields.push(this.#name());
        if (this.#take('(')) {
          count = fields.pop()?.toUpperCase() === 'COUNT';
          this.#expect(')');
        }
      }
    } while (this.#take(','));
    this.#expect('FROM');
    const object = this.#name();
    const matches = this.#take('WHERE') ? this.#or() : () => true;
    const order = this.#order();
    const limit = this.#take('LIMIT') ? Number(this.#next()) : null;
    const offset = this.#take('OFFSET') ? Number(this.#next()) : 0;
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return { fields, children, object, matches, order, limit, offset, count };
  }

  #child(): Query['children'][number] {
    this.#expect('SELECT');
    const fields = [this.#name()];
    while (this.#take(',')) fields.push(this.#name());
    this.#expect('FROM');
    const relation = this.#name();
    this.#expect(')');
    return { relation, fields };
  }

  #order(): Query['order'] {
    if (!this.#take('ORDER')) return [];
    this.#expect('BY');
    const order: Query['order'] = [];
    do {
      const path = this.#name();
      const descending = this.#take('DESC');
      if (!descending) this.#take('ASC');
      order.push({ path, descending });
    } while (this.#take(','));
    return order;
  }

  #or(): Matches {
    const tests = [this.#and()];
    while (this.#take('OR')) tests.push(this.#and());
    return (get) => tests.some((test) => test(get));
  }

  #and(): Matches {
    const tests = [this.#test()];
    while (this.#take('AND')) tests.push(this.#test());
    return (get) => tests.every((test) => test(get));
  }

  #test(): Matches {
    if (this.#take('NOT')) {
      const inner = this.#test();
      return (get) => !inner(get);
    }
    if (this.#take('(')) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    const path = this.#name();
    const not = this.#take('NOT');
    if (this.#take('IN')) {
      const wanted = new Set(this.#list().map(comparable));
      return (get) => wanted.has(comparable(get(path))) !== not;
    }
    if (this.#take('LIKE')) {
      const pattern = likePattern(String(this.#literal()));
      return (get) => pattern.test(String(comparable(get(path)) ?? ''));
    }
    const operator = this.#next();
    const wanted = this.#literal();
    return (get) => holds(get(path), operator, wanted);
  }

  #list(): unknown[] {
    this.#expect('(');
    const values = [this.#literal()];
    while (this.#take(',')) values.push(this.#literal());
    this.#expect(')');
    return values;
  }

  #literal(): unknown {
    const token = this.#next();
    if (token.startsWith("'")) return token.slice(1, -1).replace(/\\(.)/g, (_all, one: string) => ESCAPED[one] ?? one);
    if (/^null$/i.test(token)) return null;
    if (/^(true|false)$/i.test(token)) return token.toLowerCase() === 'true';
    if (/^-?\d+(\.\d+)?$/.test(token)) return Number(token);
    if (/^\d{4}-/.test(token)) return token;
    throw this.#unexpected(token);
  }

  #name(): string {
    const token = this.#next();
    if (!/^[A-Za-z_]/.test(token)) throw this.#unexpected(token);
    return token;
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new MalformedQuery('unexpected end of the query');
    this.#at += 1;
    return token;
  }

  #take(word: string): boolean {
    if (this.#tokens[this.#at]?.toUpperCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #expect(word: string): void {
    if (!this.#take(word)) throw this.#unexpected();
  }

  #unexpected(token = this.#tokens[this.#at] ?? 'EOF'): MalformedQuery {
    return new MalformedQuery(`unexpected token: '${token}'`);
  }
}

const likePattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('%', '.*')
      .replaceAll('_', '.')}$`,
    'is',
  );

/** Texts are compared without case, instants whatever their form. */
function comparable(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : text.toLowerCase();
}

function holds(value: unknown, operator: string, wanted: unknown): boolean {
  const [a, b] = [comparable(value), comparable(wanted)];
  if (operator === '=') return a === b;
  if (operator === '!=') return a !== b;
  if (a === null || b === null) return false;
  if (operator === '>') return a > b;
  if (operator === '>=') return a >= b;
  return operator === '<' ? a < b : a <= b;
}
