import { parse, type Node } from 'acorn';

type Fields = Node & Record<string, unknown>;

/** What an entry file's text says of itself. `keys`: what its module surely holds; undefined when only running it would tell. */
export interface Outline {
  /** Lines of its `define` calls. */
  defines: number[];
  keys: string[] | undefined;
}

/** Undefined for a text that is no JavaScript: the engine itself explains that. */
export function outlineOf(source: string): Outline | undefined {
  let program: Fields;
  try {
    program = parse(source.replace(/^\uFEFF/, ''), { ecmaVersion: 'latest', locations: true }) as unknown as Fields;
  } catch {
    return undefined;
  }
  const statements = program.body as Fields[];
  const calls = statements.flatMap((statement) => defineCall(statement) ?? []);
  const defines = calls.map(({ loc }) => loc?.start.line ?? 0);
  const [call] = calls;
  if (call) return { defines, keys: keysOf((call.arguments as Fields[]).at(-1), statements) };
  return { defines, keys: /\bdefine\b/.test(source) ? undefined : [] };
}

function defineCall(statement: Fields): Fields | undefined {
  const call = statement.expression as Fields | undefined;
  if (statement.type !== 'ExpressionStatement' || call?.type !== 'CallExpression') return undefined;
  const callee = call.callee as Fields;
  return callee.type === 'Identifier' && callee.name === 'define' ? call : undefined;
}

function keysOf(module: Fields | undefined, statements: Fields[]): string[] | undefined {
  switch (module?.type) {
    case 'ObjectExpression':
      return objectKeys(module);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return returnedKeys(module);
    case 'Identifier':
      return declared(module, statements);
    default:
      return undefined;
  }
}

/** `define([…], main)` with `function main` beside it. */
function declared({ name }: Fields, statements: Fields[]): string[] | undefined {
  const found = statements.find((each) => each.type === 'FunctionDeclaration' && (each.id as Fields).name === name);
  return found && returnedKeys(found);
}

const EXPORTING = new Set(['exports', 'module']);

/** A module that gets `exports` may fill that; what a promise or a variable holds, its text does not say. */
function returnedKeys(factory: Fields): string[] | undefined {
  const parameters = factory.params as Fields[];
  if (factory.async === true || parameters.some(({ name }) => EXPORTING.has(String(name)))) return undefined;
  const body = factory.body as Fields;
  if (body.type !== 'BlockStatement') return objectKeys(body);
  const returned = returnsIn(body).map(({ argument }) => argument as Fields | null);
  const keys = returned.map((each) => (each === null ? [] : objectKeys(each)));
  return keys.includes(undefined) ? undefined : [...new Set((keys as string[][]).flat())];
}

function objectKeys(value: Fields): string[] | undefined {
  if (value.type !== 'ObjectExpression') return undefined;
  const keys = (value.properties as Fields[]).map((property) => {
    const key = property.key as Fields | undefined;
    return property.type !== 'Property' || property.computed === true ? undefined : String(key?.name ?? key?.value);
  });
  return keys.includes(undefined) ? undefined : (keys as string[]);
}

const isNode = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && typeof (value as Fields).type === 'string';

/** Return statements of a function's own, not those of functions in it. */
function returnsIn(node: Fields): Fields[] {
  if (node.type === 'ReturnStatement') return [node];
  if (/Function|Class/.test(node.type)) return [];
  return Object.values(node).flat().filter(isNode).flatMap(returnsIn);
}
