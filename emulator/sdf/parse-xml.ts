import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { XmlNode } from './types';

/** Text that is no XML; the message says where. */
export class XmlError extends Error {
  override readonly name = 'XmlError' as const;
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  trimValues: true,
  captureMetaData: true,
});
const META = XMLParser.getMetaDataSymbol() as unknown as string;

type Raw = Record<string, unknown>;

/**
 * Parses an XML document into nodes with line numbers.
 * @throws XmlError when the text is not well-formed.
 */
export function parseXml(source: string): XmlNode {
  const text = source.replace(/^\uFEFF/, '');
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new XmlError(valid.err.msg, valid.err.line);
  const lineAt = lineCounter(text);
  const [root] = convert(parser.parse(text) as Raw[], lineAt).nodes;
  if (!root) throw new XmlError('The document has no root element.', 1);
  return root;
}

function convert(raw: Raw[], lineAt: (index: number) => number): { nodes: XmlNode[]; text: string } {
  const nodes: XmlNode[] = [];
  let text = '';
  for (const entry of raw) {
    const tag = Object.keys(entry).find((key) => key !== ':@');
    if (tag === undefined) continue;
    if (tag === '#text') {
      text += String(entry[tag]);
      continue;
    }
    const inner = convert(entry[tag] as Raw[], lineAt);
    const meta = entry[META] as { startIndex?: number } | undefined;
    nodes.push({
      tag,
      attrs: (entry[':@'] as Record<string, string> | undefined) ?? {},
      children: inner.nodes,
      text: inner.text.trim(),
      line: lineAt(meta?.startIndex ?? 0),
    });
  }
  return { nodes, text };
}

/** Start indexes come in document order nearly always, so counting resumes where it stopped. */
function lineCounter(text: string): (index: number) => number {
  let at = 0;
  let line = 1;
  return (index) => {
    if (index < at) {
      at = 0;
      line = 1;
    }
    for (; at < index; at++) if (text.charCodeAt(at) === 10) line++;
    return line;
  };
}
