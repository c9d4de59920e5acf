import type { Flow } from '../../../flows';

/** What an object has, from its describe: without it a field that an org lacks would fail the whole query. */
export interface ObjectShape {
  fields: ReadonlyMap<string, FieldShape>;
  /** Relationship name to fields that can be read through it is not listed by describe; the name alone is checked. */
  relationships: ReadonlySet<string>;
}

export interface FieldShape {
  type: string;
  /** Characters a text takes; 0 where that has no meaning. */
  length: number;
  writable: boolean;
  /** Can records be found by it, and can one value stand in it only once? */
  externalId: boolean;
  unique: boolean;
  /** Active values of a restricted picklist. */
  values: readonly string[] | null;
}

/** Paths a flow reads from the record itself, and from each child list. */
export interface ReadPaths {
  own: Set<string>;
  /** What of the record itself is read, with the paths that stand for each other together. */
  choices: readonly (readonly string[])[];
  children: Map<string, Set<string>>;
}

const asList = (path: string | readonly string[] | undefined): readonly string[] =>
  path === undefined ? [] : typeof path === 'string' ? [path] : path;

/** Everything the flows of an object read. */
export function pathsOf(flows: readonly Flow[]): ReadPaths {
  const own = new Set(['Id', 'SystemModstamp']);
  const choices: (readonly string[])[] = [];
  const children = new Map<string, Set<string>>();
  const add = (path: string | readonly string[] | undefined, to = own): void => {
    asList(path).forEach((one) => to.add(one));
    if (to === own && path !== undefined) choices.push(asList(path));
  };
  for (const flow of flows) {
    if (flow.direction === 'toCrm') {
      // Its other paths lead into rows of NetSuite.
      add(flow.asks?.customer);
      continue;
    }
    add(flow.key.from);
    add(flow.key.ownId);
    add(flow.key.internalId);
    flow.gate?.forEach(({ from }) => add(from));
    flow.match.forEach(({ from }) => add(from));
    flow.requires.forEach(({ from }) => add(from));
    flow.fields.forEach(({ from }) => add(from));
    add(flow.customForm?.from);
    add(flow.expectedTotal?.from);
    add(flow.sourceVersion);
    add(flow.file?.content);
    add(flow.file?.bytes);
    flow.attachTo.forEach(({ from }) => add(from));
    for (const address of flow.addresses) {
      [address.street, address.street2, address.city, address.state, address.zip, address.country].forEach((path) =>
        add(path),
      );
    }
    for (const lines of flow.lines) {
      const relation = asList(lines.from)[0]?.split('.')[0] ?? '';
      const paths = children.get(relation) ?? new Set<string>();
      [lines.key, lines.order, lines.discount?.percent, lines.discount?.amountPerUnit].forEach((path) =>
        add(path, paths),
      );
      lines.fields.forEach(({ from }) => add(from, paths));
      lines.sameAs?.forEach(({ line }) => add(line, paths));
      children.set(relation, paths);
      lines.sameAs?.forEach(({ record }) => add(record));
    }
  }
  return { own, children, choices };
}

/** Paths inside a compound address are not queryable one by one; the flat fields beside them are. */
const isCompound = (path: string): boolean => /Address\./.test(path);

function readable(paths: ReadonlySet<string>, shape: ObjectShape | null): string[] {
  return [...paths].filter((path) => {
    if (isCompound(path)) return false;
    if (!shape) return true;
    const [first] = path.split('.');
    return path.includes('.') ? shape.relationships.has(first!) : shape.fields.has(path);
  });
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text in SOQL, which takes no line break as it is ("Quoted String Escape Sequences" of the SOQL reference). */
export const soqlText = (text: string): string =>
  `'${text.replace(/[\\'\n\r\t]/g, (letter) => ESCAPES[letter] ?? `\\${letter}`)}'`;

/** SOQL that reads records with what the flows need, children included: those with the given ids, or all. */
export function buildQuery(
  object: string,
  ids: readonly string[] | null,
  paths: ReadPaths,
  shapes: { own: ObjectShape | null; children: ReadonlyMap<string, ObjectShape | null> },
): string {
  const children = [...paths.children]
    .filter(([relation]) => shapes.own === null || shapes.own.relationships.has(relation))
    .map(
      ([relation, fields]) =>
        `(SELECT ${readable(fields, shapes.children.get(relation) ?? null).join(', ')} FROM ${relation})`,
    );
  const select = [...readable(paths.own, shapes.own), ...children].join(', ');
  const which = ids === null ? 'ORDER BY Id' : `WHERE Id IN (${ids.map(soqlText).join(', ')})`;
  return `SELECT ${select} FROM ${object} ${which}`;
}
