import { parse, type Node } from 'acorn';

type Fields = Record<string, unknown>;

const isNode = (value: unknown): value is Node & Fields =>
  typeof value === 'object' && value !== null && typeof (value as Fields).type === 'string';

function lineOfImport(node: Node & Fields): number | undefined {
  if (node.type === 'ImportExpression') return node.loc?.start.line ?? 0;
  for (const child of Object.values(node).flat()) {
    const line = isNode(child) ? lineOfImport(child) : undefined;
    if (line !== undefined) return line;
  }
  return undefined;
}

/** The word with a bracket or a dot behind it, whatever lies between. Few files have that, and reading a large one takes 40 ms. */
const LIKELY = /\bimport\b(?:\s|\/\*[^]*?\*\/|\/\/.*)*[(.]/;

/**
 * Why a file with `import(…)` can't be compiled; undefined for one without. Scripts load by define and require (page section_4387811519). Node answers
 * `import()` with a promise of its own realm, and by the constructor of that a script could make code which sees Node. `source` is a
 * function body as the loader runs it; text that the parser can't read counts as having one as soon as it looks like it.
 */
export function dynamicImportFault(source: string): string | undefined {
  if (!LIKELY.test(source)) return undefined;
  let line: number | undefined;
  try {
    const options = { allowReturnOutsideFunction: true, locations: true, ecmaVersion: 'latest' } as const;
    line = lineOfImport({ ...parse(source, options) });
    if (line === undefined) return undefined;
  } catch {
    line = 0;
  }
  return `SyntaxError: import() in line ${line} is no SuiteScript: use define or require.`;
}
