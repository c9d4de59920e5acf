import { missingArgument, unsupported } from '../errors';
import type { ModuleFactory } from '../types';
import { enumOf, isObject, optionsOf, wrongType } from './arguments';
import { refuseMethods } from './refused';
import { XmlNode } from './xml-dom';
import { encodeXml, parseDocument, serialize } from './xml-parse';
import { selectNodes } from './xml-path';

refuseMethods(
  XmlNode.prototype,
  'xml.Node',
  'compareDocumentPosition isDefaultNamespace isEqualNode lookupPrefix normalize ' +
    'getAttributeNS getAttributeNodeNS hasAttributeNS removeAttributeNS removeAttributeNode removeAttributes ' +
    'setAttributeNS setAttributeNode setAttributeNodeNS ' +
    'adoptNode createAttributeNS createComments createElementNS createElements createProcessingInstruction',
);

/** N/xml (page section_4344890411): documents, their nodes, XPath. Free. */
export const createXmlModule: ModuleFactory = () => ({
  Document: XmlNode,
  Element: XmlNode,
  Attr: XmlNode,
  Node: XmlNode,
  NodeType: enumOf(
    'ATTRIBUTE_NODE',
    'CDATA_SECTION_NODE',
    'COMMENT_NODE',
    'DOCUMENT_FRAGMENT_NODE',
    'DOCUMENT_NODE',
    'DOCUMENT_TYPE_NODE',
    'ELEMENT_NODE',
    'ENTITY_NODE',
    'ENTITY_REFERENCE_NODE',
    'NOTATION_NODE',
    'PROCESSING_INSTRUCTION_NODE',
    'TEXT_NODE',
  ),
  Parser: {
    fromString(first: unknown): XmlNode {
      const { text } = optionsOf(first, ['text']);
      if (text === undefined || text === null) throw missingArgument('Parser.fromString', 'text');
      if (typeof text !== 'string') throw wrongType('text', 'string');
      return parseDocument(text);
    },
    toString(first?: unknown): string {
      if (first === undefined) return 'xml.Parser';
      const document = isObject(first) && !(first instanceof XmlNode) ? first.document : first;
      if (document === undefined || document === null) throw missingArgument('Parser.toString', 'document');
      if (!(document instanceof XmlNode)) throw wrongType('document', 'xml.Document');
      return serialize(document);
    },
  },
  XPath: {
    select(first: unknown, second?: unknown): XmlNode[] {
      const { node, xpath } =
        first instanceof XmlNode ? { node: first, xpath: second } : optionsOf(first, ['node', 'xpath'], [second]);
      if (node === undefined || node === null) throw missingArgument('XPath.select', 'node');
      if (xpath === undefined || xpath === null) throw missingArgument('XPath.select', 'xpath');
      if (!(node instanceof XmlNode)) throw wrongType('node', 'xml.Node');
      return selectNodes(node, String(xpath));
    },
  },
  escape(first: unknown): string {
    const { xmlText } = optionsOf(first, ['xmlText']);
    if (xmlText === undefined || xmlText === null) throw missingArgument('xml.escape', 'xmlText');
    if (typeof xmlText !== 'string') throw wrongType('xmlText', 'string');
    return encodeXml(xmlText);
  },
  validate(): never {
    throw unsupported('xml.validate');
  },
});
