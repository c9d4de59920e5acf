/** The part of SOQL that integrations read by: fields, one level of children, equality, lists and comparison, order and limit. */
export interface Query {
  fields: string[];
  children: { relation: string; fields: string[] }[];
  object: string;
  matches: (record: Readonly<Record<string, unknown>>) => boolean;
  order: string[];
  limit: number | null;
}

export class MalformedQuery extends Error {}

export function parseSoql(text: string): Query {
  const shape =
    /^\s*SELECT\s+([\s\S]+?)\s+FROM\s+(\w+)(?:\s+WHERE\s+((?:(?!\s+ORDER BY\s|\s+LIMIT\s)[\s\S])+))?(?:\s+ORDER BY\s+([\w., ]+?))?(?:\s+LIMIT\s+(\d+))?\s*$/i;
  const children: Query['children'] = [];
  const flat = text.replace(
    /\(\s*SELECT\s+([^()]+?)\s+FROM\s+(\w+)\s*\)/gi,
    (_all, fields: string, relation: string) => {
      children.push({ relation, fields: listOf(fields) });
      return '';
    },
  );
  const match = shape.exec(flat);
  if (!match) throw new MalformedQuery(`unexpected token in '${text.slice(0, 80)}'`);
  const [, select, object, where, order, limit] = match;
  return {
    fields: listOf(select!),
    children,
    object: object!,
    matches: where === undefined ? () => true : conditionsOf(where),
    order: order === undefined ? [] : listOf(order).map((one) => one.split(/\s+/)[0]!),
    limit: limit === undefined ? null : Number(limit),
  };
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const valueOf = (text: string): string =>
  text
    .trim()
    .replace(/^'([\s\S]*)'$/, '$1')
    .replace(/\\'/g, "'");

function conditionsOf(where: string): Query['matches'] {
  const tests = where.split(/\s+AND\s+/i).map((part): Query['matches'] => {
    const list = /^(\w+)\s+IN\s*\(([\s\S]*)\)$/i.exec(part.trim());
    if (list) {
      const wanted = new Set(listOf(list[2]!).map(valueOf));
      return (record) => wanted.has(textOf(record[list[1]!]));
    }
    const compare = /^(\w+)\s*(=|!=|>=|<=|>|<)\s*([\s\S]+)$/.exec(part.trim());
    if (!compare) throw new MalformedQuery(`unexpected token: '${part}'`);
    const [, field, operator, literal] = compare;
    const wanted = valueOf(literal!);
    return (record) => holds(textOf(record[field!]), operator!, wanted);
  });
  return (record) => tests.every((test) => test(record));
}

const textOf = (value: unknown): string =>
  value === null || value === undefined ? 'null' : typeof value === 'string' ? value : JSON.stringify(value);

function holds(value: string, operator: string, wanted: string): boolean {
  // Instants of one form compare as texts; `+0000` and `Z` mean the same.
  const [a, b] = [value, wanted].map((one) => one.replace(/\+0000$/, 'Z')) as [string, string];
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '<':
      return a < b;
    default:
      return a <= b;
  }
}

/** A row with just the fields asked for; a relationship path brings its whole parent. */
export function project(record: Readonly<Record<string, unknown>>, fields: readonly string[]): Record<string, unknown> {
  const row: Record<string, unknown> = { attributes: record['attributes'] };
  for (const path of fields) {
    const name = path.split('.')[0]!;
    row[name] = record[name] ?? null;
  }
  return row;
}
