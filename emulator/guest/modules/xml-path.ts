import { unsupported } from '../errors';
import type { XmlNode } from './xml-dom';

/**
 * XPath as scripts use it: child steps, `//`, `.`, `..`, `@name`, `*`, `text()`, `node()`, unions, and predicates of position
 * (`[2]`, `[last()]`) or of a value (`[@id='x']`, `[name='x']`, `[text()='x']`, `[@id]`). Names match as they are written in the document;
 * the prefix `nlapi:` matches any namespace, as in NetSuite. Anything else throws by name.
 */
export function selectNodes(context: XmlNode, xpath: string): XmlNode[] {
  const found = splitTop(xpath, '|').flatMap((path) => selectPath(context, path.trim(), xpath));
  return [...new Set(found)];
}

/** Splits outside brackets and quotes. */
function splitTop(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const char of text) {
    if (quote) quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '[' || char === '(') depth++;
    else if (char === ']' || char === ')') depth--;
    if (char === separator && depth === 0 && !quote) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

function selectPath(context: XmlNode, path: string, whole: string): XmlNode[] {
  const absolute = path.startsWith('/');
  const root = context.ownerDocument ?? context;
  let nodes = [absolute ? root : context];
  const steps = splitTop(absolute ? path.slice(1) : path, '/');
  let deep = false;
  for (const step of steps) {
    if (step === '') {
      deep = true;
      continue;
    }
    const from = deep ? nodes.flatMap((node) => [node, ...node.descendants(() => true)]) : nodes;
    nodes = [...new Set(from.flatMap((node) => selectStep(node, step.trim(), whole)))];
    deep = false;
  }
  return nodes;
}

function selectStep(node: XmlNode, step: string, whole: string): XmlNode[] {
  const [, test = '', predicates = ''] = /^([^[]*)((?:\[.*\])?)$/s.exec(step) ?? [];
  let found = candidates(node, test.trim(), whole);
  for (const predicate of predicates === '' ? [] : splitPredicates(predicates))
    found = filterBy(found, predicate.trim(), whole);
  return found;
}

const splitPredicates = (text: string): string[] =>
  splitTop(text.replace(/\]\s*\[/g, ']\u0000['), '\u0000').map((part) => part.slice(1, -1));

function candidates(node: XmlNode, test: string, whole: string): XmlNode[] {
  if (test === '.') return [node];
  if (test === '..') return node.parentNode ? [node.parentNode] : [];
  if (test === 'text()')
    return node.childNodes.filter((n) => n.nodeType === 'TEXT_NODE' || n.nodeType === 'CDATA_SECTION_NODE');
  if (test === 'node()') return [...node.childNodes];
  if (test.startsWith('@')) return [...node.attributeNodes.values()].filter((a) => matches(a, test.slice(1)));
  const name = test.replace(/^child::/, '');
  if (!/^(\*|[\w.-]+(:[\w.*-]+)?)$/.test(name)) throw unsupported(`The XPath expression ${whole}`);
  return node.childNodes.filter((n) => n.nodeType === 'ELEMENT_NODE' && matches(n, name));
}

const matches = (node: XmlNode, name: string): boolean =>
  name === '*' ||
  node.nodeName === name ||
  (name.startsWith('nlapi:') && node.localName === name.slice('nlapi:'.length));

function filterBy(nodes: XmlNode[], predicate: string, whole: string): XmlNode[] {
  if (/^\d+$/.test(predicate)) return nodes.slice(Number(predicate) - 1, Number(predicate));
  if (predicate === 'last()') return nodes.slice(-1);
  const position = /^position\(\)\s*=\s*(\d+)$/.exec(predicate);
  if (position) return nodes.slice(Number(position[1]) - 1, Number(position[1]));
  const compared = /^(.+?)\s*(=|!=)\s*(?:"([^"]*)"|'([^']*)'|(-?\d+(?:\.\d+)?))$/.exec(predicate);
  if (!compared) return nodes.filter((node) => selectPath(node, predicate, whole).length > 0);
  const [, path = '', operator, double, single, number] = compared;
  const wanted = double ?? single ?? number ?? '';
  return nodes.filter((node) => {
    const values =
      path === 'name()'
        ? [node.nodeName]
        : path === 'local-name()'
          ? [node.localName]
          : selectPath(node, path, whole).map((n) => n.textContent);
    return values.some(
      (value) => (number === undefined ? value === wanted : Number(value) === Number(wanted)) === (operator === '='),
    );
  });
}
