import { domError, XmlNode } from './xml-dom';

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NAME = /[A-Za-z_:][\w:.-]*/y;

const decode = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, code: string) => {
    if (code.startsWith('#'))
      return String.fromCodePoint(code[1]?.toLowerCase() === 'x' ? parseInt(code.slice(2), 16) : Number(code.slice(1)));
    const known = ENTITIES[code];
    if (known === undefined) throw domError(`The entity ${whole} is not defined.`);
    return known;
  });

export const encodeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&${Object.entries(ENTITIES).find(([, value]) => value === char)?.[0] ?? ''};`);

/** A document out of its text. @throws SSS_XML_DOM_EXCEPTION when the text is not well-formed. */
export function parseDocument(text: string): XmlNode {
  const document = new XmlNode('DOCUMENT_NODE', '#document', null, null);
  const source = text.replace(/^\uFEFF/, '');
  let at = 0;
  let current = document;
  const fail = (what: string): Error => domError(`${what} at position ${at}.`);
  const until = (end: string): string => {
    const found = source.indexOf(end, at);
    if (found < 0) throw fail(`"${end}" is missing`);
    const part = source.slice(at, found);
    at = found + end.length;
    return part;
  };
  const name = (): string => {
    NAME.lastIndex = at;
    const found = NAME.exec(source)?.[0];
    if (found === undefined) throw fail('A name is expected');
    at += found.length;
    return found;
  };
  const add = (node: XmlNode): XmlNode => current.insert(node, current.childNodes.length);
  const startTag = (): void => {
    const element = new XmlNode('ELEMENT_NODE', name(), null, document);
    if (current === document && document.documentElement) throw fail('A second root element');
    for (;;) {
      const space = /\s*/y;
      space.lastIndex = at;
      at += space.exec(source)?.[0].length ?? 0;
      if (source.startsWith('/>', at) || source[at] === '>') break;
      const attribute = name();
      const quoted = /\s*=\s*("[^"<]*"|'[^'<]*')/y;
      quoted.lastIndex = at;
      const found = quoted.exec(source);
      if (!found || element.attributeNodes.has(attribute)) throw fail(`The attribute ${attribute} is not well-formed`);
      at += found[0].length;
      element.setAttribute({ name: attribute, value: decode((found[1] ?? '').slice(1, -1)) });
    }
    add(element);
    if (source[at] === '>') current = element;
    at += source[at] === '>' ? 1 : 2;
  };
  while (at < source.length) {
    if (source[at] !== '<') {
      const end = source.indexOf('<', at);
      const data = source.slice(at, end < 0 ? source.length : end);
      at += data.length;
      if (current !== document) add(new XmlNode('TEXT_NODE', '#text', decode(data), document));
      else if (data.trim() !== '') throw fail('Text outside the root element');
    } else if (source.startsWith('<!--', at)) {
      at += 4;
      add(new XmlNode('COMMENT_NODE', '#comment', until('-->'), document));
    } else if (source.startsWith('<![CDATA[', at)) {
      at += 9;
      add(new XmlNode('CDATA_SECTION_NODE', '#cdata-section', until(']]>'), document));
    } else if (source.startsWith('<?', at)) {
      at += 2;
      until('?>');
    } else if (source.startsWith('<!', at)) until('>');
    else if (source.startsWith('</', at)) {
      at += 2;
      const closed = until('>').trim();
      if (closed !== current.nodeName || !current.parentNode) throw fail(`</${closed}> closes nothing`);
      current = current.parentNode;
    } else {
      at += 1;
      startTag();
    }
  }
  if (current !== document || !document.documentElement) throw fail('The document is incomplete');
  return document;
}

/** XML text of a node; a document begins with its declaration. */
export function serialize(node: XmlNode): string {
  const inner = (): string => node.childNodes.map(serialize).join('');
  switch (node.nodeType) {
    case 'DOCUMENT_NODE':
      return `<?xml version="1.0" encoding="UTF-8"?>${inner()}`;
    case 'ELEMENT_NODE': {
      const attributes = [...node.attributeNodes.values()]
        .map((a) => ` ${a.nodeName}="${encodeXml(a.nodeValue ?? '')}"`)
        .join('');
      return node.childNodes.length === 0
        ? `<${node.nodeName}${attributes}/>`
        : `<${node.nodeName}${attributes}>${inner()}</${node.nodeName}>`;
    }
    case 'TEXT_NODE':
      return (node.nodeValue ?? '').replace(/[&<>]/g, (char) => encodeXml(char));
    case 'CDATA_SECTION_NODE':
      return `<![CDATA[${node.nodeValue ?? ''}]]>`;
    case 'COMMENT_NODE':
      return `<!--${node.nodeValue ?? ''}-->`;
    default:
      return inner();
  }
}
