import { missingArgument } from '../errors';
import { isObject, scriptError, wrongType, type Options } from './arguments';

/** xml.NodeType: values are their keys. */
export type NodeType =
  | 'ELEMENT_NODE'
  | 'ATTRIBUTE_NODE'
  | 'TEXT_NODE'
  | 'CDATA_SECTION_NODE'
  | 'COMMENT_NODE'
  | 'PROCESSING_INSTRUCTION_NODE'
  | 'DOCUMENT_NODE'
  | 'DOCUMENT_FRAGMENT_NODE';

export const domError = (message: string): Error => scriptError('SSS_XML_DOM_EXCEPTION', message) as unknown as Error;

const need = (method: string, options: unknown, ...names: string[]): Options => {
  const given = isObject(options) ? options : {};
  for (const name of names) if (given[name] === undefined || given[name] === null) throw missingArgument(method, name);
  return given;
};

/** One node of a document: documents, elements, attributes and texts alike, with the methods of NetSuite's xml.Node, Document and Element. */
export class XmlNode {
  readonly nodeType: NodeType;
  readonly nodeName: string;
  nodeValue: string | null;
  parentNode: XmlNode | null = null;
  readonly childNodes: XmlNode[] = [];
  readonly attributeNodes = new Map<string, XmlNode>();
  ownerDocument: XmlNode | null;

  constructor(nodeType: NodeType, nodeName: string, nodeValue: string | null, ownerDocument: XmlNode | null) {
    this.nodeType = nodeType;
    this.nodeName = nodeName;
    this.nodeValue = nodeValue;
    this.ownerDocument = ownerDocument;
  }

  get name(): string {
    return this.nodeName;
  }
  get tagName(): string {
    return this.nodeName;
  }
  get value(): string | null {
    return this.nodeValue;
  }
  set value(value: string | null) {
    this.nodeValue = value;
  }
  get prefix(): string | null {
    return this.nodeName.includes(':') ? (this.nodeName.split(':')[0] ?? null) : null;
  }
  get localName(): string {
    return this.nodeName.split(':').pop() ?? '';
  }
  get namespaceURI(): string | null {
    return this.lookupNamespaceURI({ prefix: this.prefix ?? '' });
  }
  get attributes(): Record<string, XmlNode> {
    return Object.fromEntries(this.attributeNodes);
  }
  get documentElement(): XmlNode | null {
    return this.childNodes.find((node) => node.nodeType === 'ELEMENT_NODE') ?? null;
  }
  get firstChild(): XmlNode | null {
    return this.childNodes[0] ?? null;
  }
  get lastChild(): XmlNode | null {
    return this.childNodes[this.childNodes.length - 1] ?? null;
  }
  get nextSibling(): XmlNode | null {
    return this.sibling(1);
  }
  get previousSibling(): XmlNode | null {
    return this.sibling(-1);
  }
  private sibling(step: number): XmlNode | null {
    const all = this.parentNode?.childNodes ?? [];
    return all[all.indexOf(this) + step] ?? null;
  }

  get textContent(): string {
    if (this.childNodes.length === 0) return this.nodeType === 'COMMENT_NODE' ? '' : (this.nodeValue ?? '');
    return this.childNodes
      .filter((node) => node.nodeType !== 'COMMENT_NODE')
      .map((node) => node.textContent)
      .join('');
  }
  set textContent(text: string) {
    if (this.nodeType !== 'ELEMENT_NODE') {
      this.nodeValue = text;
      return;
    }
    this.childNodes.length = 0;
    this.insert(new XmlNode('TEXT_NODE', '#text', text, this.ownerDocument), this.childNodes.length);
  }

  /** This node and all above it. */
  private ancestors(): XmlNode[] {
    return [this, ...(this.parentNode?.ancestors() ?? [])];
  }

  insert(child: XmlNode, at: number): XmlNode {
    if (this.ancestors().includes(child)) throw domError('A node can not be inserted below itself.');
    child.detach();
    child.parentNode = this;
    this.childNodes.splice(at, 0, child);
    return child;
  }
  private detach(): void {
    const all = this.parentNode?.childNodes;
    if (all) all.splice(all.indexOf(this), 1);
    this.parentNode = null;
  }

  appendChild(options: Options): XmlNode {
    return this.insert(need('Node.appendChild', options, 'newChild').newChild as XmlNode, this.childNodes.length);
  }
  insertBefore(options: Options): XmlNode {
    const { newChild, refChild } = need('Node.insertBefore', options, 'newChild', 'refChild');
    const at = this.childNodes.indexOf(refChild as XmlNode);
    if (at < 0) throw domError('The reference node is no child of this node.');
    return this.insert(newChild as XmlNode, at);
  }
  removeChild(options: Options): XmlNode {
    const child = need('Node.removeChild', options, 'oldChild').oldChild as XmlNode;
    if (child.parentNode !== this) throw domError('The node is no child of this node.');
    child.detach();
    return child;
  }
  replaceChild(options: Options): XmlNode {
    const { newChild, oldChild } = need('Node.replaceChild', options, 'newChild', 'oldChild');
    this.insertBefore({ newChild, refChild: oldChild });
    return this.removeChild({ oldChild });
  }
  cloneNode(options?: Options): XmlNode {
    const copy = new XmlNode(this.nodeType, this.nodeName, this.nodeValue, this.ownerDocument);
    for (const { nodeName, nodeValue } of this.attributeNodes.values())
      copy.setAttribute({ name: nodeName, value: nodeValue ?? '' });
    if (options?.deep === true)
      for (const child of this.childNodes) copy.insert(child.cloneNode({ deep: true }), copy.childNodes.length);
    return copy;
  }
  hasChildNodes(): boolean {
    return this.childNodes.length > 0;
  }
  hasAttributes(): boolean {
    return this.attributeNodes.size > 0;
  }
  isSameNode(options: Options): boolean {
    return need('Node.isSameNode', options, 'other').other === this;
  }
  lookupNamespaceURI(options: Options): string | null {
    const name = options.prefix ? `xmlns:${String(options.prefix)}` : 'xmlns';
    return (
      this.ancestors()
        .find((node) => node.attributeNodes.has(name))
        ?.attributeNodes.get(name)?.nodeValue ?? null
    );
  }

  getAttribute(options: Options): string | null {
    return this.attributeNodes.get(String(need('Element.getAttribute', options, 'name').name))?.nodeValue ?? null;
  }
  getAttributeNode(options: Options): XmlNode | null {
    return this.attributeNodes.get(String(need('Element.getAttributeNode', options, 'name').name)) ?? null;
  }
  hasAttribute(options: Options): boolean {
    return this.attributeNodes.has(String(need('Element.hasAttribute', options, 'name').name));
  }
  setAttribute(options: Options): void {
    const { name, value } = need('Element.setAttribute', options, 'name', 'value');
    const attribute = new XmlNode('ATTRIBUTE_NODE', String(name), String(value), this.ownerDocument);
    attribute.parentNode = this;
    this.attributeNodes.set(String(name), attribute);
  }
  removeAttribute(options: Options): void {
    this.attributeNodes.delete(String(need('Element.removeAttribute', options, 'name').name));
  }
  getElementsByTagName(options: Options): XmlNode[] {
    const { tagName } = need('getElementsByTagName', options, 'tagName');
    return this.descendants((node) => tagName === '*' || node.nodeName === tagName);
  }
  getElementsByTagNameNS(options: Options): XmlNode[] {
    const { namespaceURI, localName } = need('getElementsByTagNameNS', options, 'namespaceURI', 'localName');
    return this.descendants(
      (node) =>
        (localName === '*' || node.localName === localName) &&
        (namespaceURI === '*' || node.namespaceURI === namespaceURI),
    );
  }
  getElementById(options: Options): XmlNode | null {
    const { elementId } = need('Document.getElementById', options, 'elementId');
    if (typeof elementId !== 'string') throw wrongType('elementId', 'string');
    return this.descendants((node) => node.attributeNodes.get('id')?.nodeValue === elementId)[0] ?? null;
  }
  descendants(accepts: (node: XmlNode) => boolean): XmlNode[] {
    return this.childNodes.flatMap((node) =>
      node.nodeType === 'ELEMENT_NODE' ? [...(accepts(node) ? [node] : []), ...node.descendants(accepts)] : [],
    );
  }

  createElement(options: Options): XmlNode {
    return new XmlNode('ELEMENT_NODE', String(need('Document.createElement', options, 'tagName').tagName), null, this);
  }
  createAttribute(options: Options): XmlNode {
    const { name, value } = need('Document.createAttribute', options, 'name');
    return new XmlNode('ATTRIBUTE_NODE', String(name), value === undefined ? '' : String(value), this);
  }
  createTextNode(options: Options): XmlNode {
    return new XmlNode('TEXT_NODE', '#text', String(need('Document.createTextNode', options, 'data').data), this);
  }
  createCDATASection(options: Options): XmlNode {
    return new XmlNode(
      'CDATA_SECTION_NODE',
      '#cdata-section',
      String(need('Document.createCDATASection', options, 'data').data),
      this,
    );
  }
  createComment(options: Options): XmlNode {
    return new XmlNode('COMMENT_NODE', '#comment', String(need('Document.createComment', options, 'data').data), this);
  }
  createDocumentFragment(): XmlNode {
    return new XmlNode('DOCUMENT_FRAGMENT_NODE', '#document-fragment', null, this);
  }
  importNode(options: Options): XmlNode {
    const { importedNode, deep } = need('Document.importNode', options, 'importedNode');
    const copy = (importedNode as XmlNode).cloneNode({ deep });
    copy.ownerDocument = this;
    return copy;
  }

  toString(): string {
    return this.nodeType === 'DOCUMENT_NODE'
      ? 'xml.Document'
      : this.nodeType === 'ELEMENT_NODE'
        ? 'xml.Element'
        : this.nodeType === 'ATTRIBUTE_NODE'
          ? 'xml.Attr'
          : 'xml.Node';
  }
  toJSON(): object {
    const { nodeName, nodeType, nodeValue, textContent } = this;
    return { nodeName, nodeType, nodeValue, textContent };
  }
}
