import { parse, type Node } from 'acorn';

/** Syntax newer than ECMAScript 5.1 by the parser's node type. */
const NEWER: Record<string, string> = {
  ArrowFunctionExpression: 'arrow function',
  AwaitExpression: 'await',
  ChainExpression: 'optional chaining (?.)',
  ClassDeclaration: 'class',
  ClassExpression: 'class',
  ForOfStatement: 'for…of',
  ImportDeclaration: 'import',
  ImportExpression: 'import()',
  MetaProperty: 'new.target',
  ArrayPattern: 'destructuring',
  ObjectPattern: 'destructuring',
  AssignmentPattern: 'default parameter',
  RestElement: 'rest parameter',
  SpreadElement: 'spread (...)',
  TaggedTemplateExpression: 'template literal',
  TemplateLiteral: 'template literal',
  YieldExpression: 'yield',
};

/** The 2.0 engine knew `const` before ECMAScript did (page subsect_159526433919). */
const OLD_DECLARATIONS = new Set(['var', 'const']);

type Fields = Record<string, unknown>;

function newerSyntax(type: string, node: Fields): string | undefined {
  if (type === 'VariableDeclaration' && !OLD_DECLARATIONS.has(String(node.kind))) return String(node.kind);
  if (type.startsWith('Function') && (node.async === true || node.generator === true))
    return node.async === true ? 'async function' : 'generator function';
  if (type === 'Property' && (node.shorthand === true || node.method === true)) return 'shorthand property';
  if (type === 'Property' && node.computed === true) return 'computed property';
  if (type === 'CatchClause' && node.param === null) return 'catch without a parameter';
  return NEWER[type];
}

const isNode = (value: unknown): value is Node & Fields =>
  typeof value === 'object' && value !== null && typeof (value as Fields).type === 'string';

/** The first node, in the order of the text, that ES5.1 has no syntax for. */
function findNewer(node: Node & Fields): { name: string; node: Node } | undefined {
  const name = newerSyntax(node.type, node);
  if (name !== undefined) return { name, node };
  const children = Object.values(node).flat().filter(isNode);
  for (const child of children.sort((a, b) => a.start - b.start)) {
    const found = findNewer(child);
    if (found) return found;
  }
  return undefined;
}

/**
 * Why a SuiteScript 2.0 file can't be compiled: 2.0 is ES5.1 and `const`, newer syntax needs 2.1 (page chapter_156042690639). Undefined for ES5.1, and for text
 * that is no JavaScript at all, which the engine itself explains. `source` is a function body as the loader runs it.
 */
export function es5Fault(source: string): string | undefined {
  const options = { allowReturnOutsideFunction: true, locations: true } as const;
  try {
    parse(source, { ...options, ecmaVersion: 5 });
    return undefined;
  } catch (error) {
    const position = error instanceof Error ? error.message : String(error);
    try {
      const found = findNewer({ ...parse(source, { ...options, ecmaVersion: 'latest' }) });
      const line = found?.node.loc?.start.line;
      if (!found && /\bconst\b/.test(source)) return undefined;
      const what = found ? `${found.name} in line ${line ?? 0}` : position;
      return `SyntaxError: SuiteScript 2.0 is ECMAScript 5.1: ${what}. Use @NApiVersion 2.1.`;
    } catch {
      return undefined;
    }
  }
}
