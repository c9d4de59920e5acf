import type { ElementType } from './encode-array';
import type { Shape } from './row-shapes';

/** Where the value of a numbered parameter comes from: a parameter of the statement, or one column of the rows that a parameter is. */
export interface Source {
  param: number | 'each';
  column: number | null;
  /** Of an array: the type of its elements. A column of 'each' without is the same in all rows. */
  type?: ElementType;
}

/**
 * Turns the marks of the common SQL into PostgreSQL's words, and `?` into numbered parameters in their order. Lists and rows travel as
 * arrays, one a column: quicker to read than JSON, for both sides. Columns of an `@each` that are the `same` in all rows travel as one value.
 */
export function toPostgres(sql: string, same: Shape = []): { text: string; sources: Source[] } {
  const sources: Source[] = [];
  let params = 0;
  const number = (source: Source): string => `$${sources.push(source)}`;
  const arrays = (columns: string, param: Source['param']): string => {
    const members = columns.split(',').map((column) => column.trim().split(/\s+/));
    const values = members.map(
      ([, type], column) => `${number({ param, column, type: type as ElementType })}::${type}[]`,
    );
    return `unnest(${values.join(', ')}) AS v(${members.map(([name]) => name).join(', ')})`;
  };
  const each = (columns: string): string => {
    const members = columns.split(',').map((column) => column.trim().split(/\s+/) as [name: string, type: ElementType]);
    if (!members.some((_, at) => same[at])) return `FROM ${arrays(columns, 'each')}`;
    const written = members.map(([name, type], column) =>
      same[column]
        ? { constant: `${number({ param: 'each', column })}::${type} AS ${name}` }
        : { name, array: `${number({ param: 'each', column, type })}::${type}[]` },
    );
    const constants = written.flatMap(({ constant }) => constant ?? []);
    const lists = written.filter(({ array }) => array !== undefined);
    if (lists.length === 0) return `FROM (SELECT ${constants.join(', ')}) AS v`;
    return `FROM (SELECT u.*, ${constants.join(', ')} FROM unnest(${lists.map(({ array }) => array).join(', ')})
      AS u(${lists.map(({ name }) => name).join(', ')})) AS v`;
  };
  const text = sql.replaceAll(
    /IN \(SELECT v FROM @list\((\w+)\) k\)|@list\((\w+)\)|@(rows|each)\(([^)]*)\)|@turn(?:\((\w+)\))?|@lock\b|@skip\b|\?/g,
    (mark: string, among?: string, type?: string, kind?: string, columns?: string, alias?: string) => {
      if (mark.startsWith('@turn')) return TURN(alias);
      if (mark === '@lock') return 'FOR UPDATE';
      if (mark === '@skip') return 'FOR UPDATE SKIP LOCKED';
      if (kind === 'each') return each(columns ?? '');
      const param = params++;
      // As a condition of an index it is one node of a plan, in place of a join of the table with a list.
      if (among !== undefined)
        return `= ANY(${number({ param, column: null, type: among as ElementType })}::${among}[])`;
      if (type !== undefined)
        return `(SELECT v FROM unnest(${number({ param, column: null, type: type as ElementType })}::${type}[]) AS v)`;
      if (kind === 'rows') return `(SELECT * FROM ${arrays(columns ?? '', param)})`;
      return number({ param, column: null });
    },
  );
  return { text, sources };
}

/**
 * An expression that only the queues' own indexes hold. By plain `seq` the planner would at times rather walk the primary key, over all
 * that was done long ago, to find the few operations that wait.
 */
const TURN = (alias: string | undefined): string => `(${alias === undefined ? '' : `${alias}.`}seq+0)`;
