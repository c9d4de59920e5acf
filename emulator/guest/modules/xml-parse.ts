import { domError, XmlNode } from './xml-dom';

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NAME = /[A-Za-z_:][\w:.-]*/y;
const SPACE = /\s*/y;
const QUOTED = /\s*=\s*("[^"<]*"|'[^'<]*')/y;

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
export const parseDocument = (text: string): XmlNode => new DocumentParser(text.replace(/^\uFEFF/, '')).parse();

class DocumentParser {
  private readonly source: string;
  private readonly document = new XmlNode('DOCUMENT_NODE', '#document', null, null);
  private current = this.document;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  parse(): XmlNode {
    while (this.at < this.source.length) {
      if (this.source[this.at] !== '<') this.text();
      else if (this.skip('<!--')) this.add(new XmlNode('COMMENT_NODE', '#comment', this.until('-->'), this.document));
      else if (this.skip('<![CDATA['))
        this.add(new XmlNode('CDATA_SECTION_NODE', '#cdata-section', this.until(']]>'), this.document));
      else if (this.skip('<?')) this.until('?>');
      else if (this.skip('<!')) this.until('>');
      else if (this.skip('</')) this.endTag();
      else if (this.skip('<')) this.startTag();
    }
    if (this.current !== this.document || !this.document.documentElement) throw this.fail('The document is incomplete');
    return this.document;
  }

  private fail(what: string): Error {
    return domError(`${what} at position ${this.at}.`);
  }

  private skip(mark: string): boolean {
    const here = this.source.startsWith(mark, this.at);
    if (here) this.at += mark.length;
    return here;
  }

  private until(end: string): string {
    const found = this.source.indexOf(end, this.at);
    if (found < 0) throw this.fail(`"${end}" is missing`);
    const part = this.source.slice(this.at, found);
    this.at = found + end.length;
    return part;
  }

  /** What a sticky pattern matches here. */
  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at += found[0].length;
    return found;
  }

  private name(): string {
    const found = this.take(NAME)?.[0];
    if (found === undefined) throw this.fail('A name is expected');
    return found;
  }

  private add(node: XmlNode): void {
    this.current.insert(node, this.current.childNodes.length);
  }

  private text(): void {
    const end = this.source.indexOf('<', this.at);
    const data = this.source.slice(this.at, end < 0 ? this.source.length : end);
    this.at += data.length;
    if (this.current !== this.document) this.add(new XmlNode('TEXT_NODE', '#text', decode(data), this.document));
    else if (data.trim() !== '') throw this.fail('Text outside the root element');
  }

  private endTag(): void {
    const closed = this.until('>').trim();
    if (closed !== this.current.nodeName || !this.current.parentNode) throw this.fail(`</${closed}> closes nothing`);
    this.current = this.current.parentNode;
  }

  private startTag(): void {
    const element = new XmlNode('ELEMENT_NODE', this.name(), null, this.document);
    if (this.current === this.document && this.document.documentElement) throw this.fail('A second root element');
    for (this.take(SPACE); this.source[this.at] !== '>' && !this.source.startsWith('/>', this.at); this.take(SPACE)) {
      const attribute = this.name();
      const quoted = this.take(QUOTED)?.[1];
      if (quoted === undefined || element.attributeNodes.has(attribute))
        throw this.fail(`The attribute ${attribute} is not well-formed`);
      element.setAttribute({ name: attribute, value: decode(quoted.slice(1, -1)) });
    }
    this.add(element);
    if (!this.skip('/>')) {
      this.skip('>');
      this.current = element;
    }
  }
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
