import { TemplateError } from './model';

export interface Token {
  kind: 'name' | 'number' | 'string' | 'sign' | 'end';
  text: string;
  /** A raw string (r"…"), in which `${` is no interpolation. */
  raw?: boolean;
}

const ENTITIES: Record<string, string> = { '&gt;': '>', '&lt;': '<', '&gt;=': '>=', '&lt;=': '<=', '&amp;&amp;': '&&' };
const WORDS: Record<string, string> = { gt: '>', lt: '<', gte: '>=', lte: '<=', and: '&&' };
const SIGN =
  /^(?:&gt;=|&lt;=|&gt;|&lt;|&amp;&amp;|\.\.<|\.\.!|\.\.|==|!=|<=|>=|&&|\|\||\?\?|\+\+|--|[+\-*/%]=|[-+*/%=!<>?.,:;()[\]{}])/;
const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  l: '<',
  g: '>',
  a: '&',
  '{': '{',
};

/** Cuts a FreeMarker expression into tokens. `@` may stand in names: NetSuite's `field@label`. */
export function lexExpression(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const text = /^(r?)(?:"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)')/.exec(rest);
    const number = /^\d+(?:\.\d+)?/.exec(rest);
    const name = /^[A-Za-z_$][\w$@]*/.exec(rest);
    const sign = SIGN.exec(rest);
    if (text) {
      const body = text[2] ?? text[3] ?? '';
      tokens.push({ kind: 'string', text: text[1] ? body : unescapeText(body), ...(text[1] ? { raw: true } : {}) });
      at += text[0].length;
    } else if (number) {
      tokens.push({ kind: 'number', text: number[0] });
      at += number[0].length;
    } else if (name) {
      const word = tokens.at(-1)?.text === '.' || tokens.at(-1)?.text === '?' ? undefined : WORDS[name[0]];
      tokens.push(word === undefined ? { kind: 'name', text: name[0] } : { kind: 'sign', text: word });
      at += name[0].length;
    } else if (sign) {
      tokens.push({ kind: 'sign', text: ENTITIES[sign[0]] ?? sign[0] });
      at += sign[0].length;
    } else throw new TemplateError(`Syntax error in template: unexpected ${rest[0]} in "${source}"`);
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

const unescapeText = (body: string): string =>
  body.replace(/\\(?:x([0-9A-Fa-f]{1,4})|([\s\S]))/g, (_, hex: string | undefined, char: string | undefined) =>
    hex === undefined ? (ESCAPES[char ?? ''] ?? char ?? '') : String.fromCharCode(parseInt(hex, 16)),
  );
