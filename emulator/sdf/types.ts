/** What SDF loading passes around: a project's files, its parsed XML, what validation found. */

/** A project's files by path relative to its root (`Objects/customscript_x.xml`), whether they came from a folder or a zip. */
export type ProjectFiles = Map<string, Uint8Array>;

export interface XmlNode {
  tag: string;
  attrs: Record<string, string>;
  children: XmlNode[];
  /** Own text, trimmed. */
  text: string;
  /** 1-based line of the start tag. */
  line: number;
}

export interface SdfObject {
  /** Path in the project, `~/Objects/customscript_x.xml`. */
  component: string;
  root: XmlNode;
  scriptId: string;
}

/** One message of a validation. An ERROR refuses the deploy. */
export interface Finding {
  type: 'ERROR' | 'WARNING';
  message: string;
  component: string;
}

export interface Manifest {
  projectType: string;
  projectName: string;
  /** Feature id → required. */
  features: Map<string, boolean>;
  objects: Set<string>;
  files: Set<string>;
  /** Of a project of type SUITEAPP. */
  suiteApp?: { appId: string; publisherId: string; version: string; description: string };
}

export interface Project {
  files: ProjectFiles;
  manifest: Manifest;
  objects: SdfObject[];
  /** File Cabinet path (`SuiteScripts/x/y.js`) → contents, of what deploy.xml includes. */
  cabinet: Map<string, Uint8Array>;
  /** Markup of PDF and HTML templates by the name of their file: no XML that a parser need understand. */
  markup: Map<string, string>;
  /** XLIFF files of what deploy.xml includes. */
  translations: XmlNode[];
}

/** A project that NetSuite would refuse: every message, in the order found. */
export class ProjectRefused extends Error {
  override readonly name = 'ProjectRefused' as const;
  readonly findings: Finding[];
  constructor(findings: Finding[]) {
    super(
      findings
        .filter((f) => f.type === 'ERROR')
        .map((f) => `${f.message}\nFile: ${f.component}`)
        .join('\n'),
    );
    this.findings = findings;
  }
}

export const child = (node: XmlNode, tag: string): XmlNode | undefined => node.children.find((c) => c.tag === tag);

/** Text of a child element, or undefined when the element is absent or empty. */
export const value = (node: XmlNode, tag: string): string | undefined => child(node, tag)?.text || undefined;

/** A T/F element; `fallback` when absent. */
export const flag = (node: XmlNode, tag: string, fallback = false): boolean => {
  const text = value(node, tag);
  return text === undefined ? fallback : text === 'T';
};

/** Children of a group element: `list(node, 'scriptdeployments', 'scriptdeployment')`. */
export const list = (node: XmlNode, group: string, item: string): XmlNode[] =>
  child(node, group)?.children.filter((c) => c.tag === item) ?? [];

/** `[scriptid=customrecord_x]` → `customrecord_x`; other text is answered as it is. */
export const reference = (text: string): string => /\[[^\]]*scriptid=([^,\]]+)/.exec(text)?.[1] ?? text;
