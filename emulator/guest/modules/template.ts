import { unsupported } from '../errors';

/**
 * FreeMarker as far as plain templates go: `${path}` with `!default`, `?string`, `?html`, `?upper_case`, `?lower_case`, `?trim`, `?size`;
 * `<#list xs as x>`, `<#if path>`, `<#if path == "x">`, `<#else>`, comments. Anything else throws and names itself.
 */
export type Data = Record<string, unknown>;

const TOKEN = /<#--[\s\S]*?-->|<\/?#[a-z]+(?:\s[^>]*)?>|\$\{[^}]*\}/g;

interface Cursor {
  tokens: string[];
  at: number;
}

export function renderTemplate(template: string, data: Data): string {
  const tokens: string[] = [];
  let end = 0;
  for (const match of template.matchAll(TOKEN)) {
    tokens.push(template.slice(end, match.index), match[0]);
    end = match.index + match[0].length;
  }
  tokens.push(template.slice(end));
  return block({ tokens, at: 0 }, data, true).text;
}

/** Renders up to the directive that ends the block; with `live` false it only finds that end. */
function block(cursor: Cursor, data: Data, live: boolean): { text: string; end: string } {
  let text = '';
  while (cursor.at < cursor.tokens.length) {
    const token = cursor.tokens[cursor.at++] ?? '';
    if (token.startsWith('<#--')) continue;
    if (token.startsWith('</#') || token.startsWith('<#else')) return { text, end: token };
    if (token.startsWith('<#list ')) text += list(cursor, token, data, live);
    else if (token.startsWith('<#if ')) text += condition(cursor, token, data, live);
    else if (token.startsWith('<#')) throw unsupported(`The template directive ${token}`);
    else if (token.startsWith('${')) text += live ? show(evaluate(token.slice(2, -1), data), token) : '';
    else text += token;
  }
  return { text, end: '' };
}

function list(cursor: Cursor, token: string, data: Data, live: boolean): string {
  const [, path = '', name = ''] = /^<#list\s+(\S+)\s+as\s+(\w+)\s*>$/.exec(token) ?? [];
  if (name === '') throw unsupported(`The template directive ${token}`);
  const items = live ? evaluate(path, data) : [];
  if (!Array.isArray(items)) throw unsupported(`A template list over ${path}, which is no sequence,`);
  const start = cursor.at;
  let text = '';
  for (const item of items) {
    cursor.at = start;
    text += block(cursor, { ...data, [name]: item as unknown }, true).text;
  }
  if (items.length === 0) block(cursor, data, false);
  return text;
}

function condition(cursor: Cursor, token: string, data: Data, live: boolean): string {
  const holds = live && isTrue(token.slice('<#if '.length, -1).trim(), data, token);
  const then = block(cursor, data, holds);
  if (!then.end.startsWith('<#else')) return holds ? then.text : '';
  if (then.end !== '<#else>') throw unsupported(`The template directive ${then.end}`);
  const otherwise = block(cursor, data, live && !holds);
  return holds ? then.text : live ? otherwise.text : '';
}

function isTrue(expression: string, data: Data, token: string): boolean {
  const compared = /^(\S+)\s*(==|!=)\s*(?:"([^"]*)"|'([^']*)'|(-?\d+(?:\.\d+)?)|(true|false))$/.exec(expression);
  if (compared) {
    const [, path = '', operator, double, single, number, truth] = compared;
    const wanted = double ?? single ?? number ?? truth ?? '';
    return (String(evaluate(path, data) ?? '') === wanted) === (operator === '==');
  }
  const has = /^(\S+?)\?has_content$/.exec(expression);
  if (has) return hasContent(evaluate(has[1] ?? '', data));
  if (/\?\?$/.test(expression)) return evaluate(expression.slice(0, -2), data) !== undefined;
  if (!/^[\w.[\]]+$/.test(expression)) throw unsupported(`The template condition ${token}`);
  return evaluate(expression, data) === true;
}

const hasContent = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

function evaluate(expression: string, data: Data): unknown {
  const [, path = '', fallback, builtIns = ''] =
    /^\s*([\w.[\]]+)(?:!(?:"([^"]*)"|))?((?:\?\w+)*)\s*$/.exec(expression) ?? [];
  if (path === '') throw unsupported(`The template expression ${expression}`);
  const found = path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((value, key) => (value === null || value === undefined ? undefined : (value as Data)[key]), data);
  const given = found ?? (expression.includes('!') ? (fallback ?? '') : undefined);
  return builtIns
    .split('?')
    .filter(Boolean)
    .reduce<unknown>((value, name) => apply(name, value), given);
}

function apply(name: string, value: unknown): unknown {
  const text = String(value ?? '');
  if (name === 'string') return text;
  if (name === 'html')
    return text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);
  if (name === 'upper_case') return text.toUpperCase();
  if (name === 'lower_case') return text.toLowerCase();
  if (name === 'trim') return text.trim();
  if (name === 'size' && Array.isArray(value)) return value.length;
  throw unsupported(`The template built-in ?${name}`);
}

function show(value: unknown, token: string): string {
  if (value === undefined || value === null) throw unsupported(`The template value ${token}, which is missing,`);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
