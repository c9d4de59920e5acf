/** Turns the marks of the common SQL into PostgreSQL's words, and `?` into numbered parameters in their order. */
export function toPostgres(sql: string): string {
  let next = 0;
  return sql.replaceAll(
    /@list\((\w+)\)|@rows\(([^)]*)\)|@turn(?:\((\w+)\))?|@lock\b|@skip\b|\?/g,
    (mark: string, type?: string, columns?: string, alias?: string) => {
      if (mark.startsWith('@turn')) return TURN(alias);
      if (mark === '@lock') return 'FOR UPDATE';
      if (mark === '@skip') return 'FOR UPDATE SKIP LOCKED';
      next += 1;
      if (type !== undefined) return `(SELECT value::${type} AS v FROM json_array_elements_text($${next}::json))`;
      if (columns !== undefined) return rows(columns, next);
      return `$${next}`;
    },
  );
}

/**
 * An expression that only the queues' own indexes hold. By plain `seq` the planner would at times rather walk the primary key, over all
 * that was done long ago, to find the few operations that wait.
 */
const TURN = (alias: string | undefined): string => `(${alias === undefined ? '' : `${alias}.`}seq+0)`;

function rows(columns: string, parameter: number): string {
  const members = columns.split(',').map((column, at) => {
    const [name, type] = column.trim().split(/\s+/);
    return `(value->>${at})::${type} AS ${name}`;
  });
  return `(SELECT ${members.join(', ')} FROM jsonb_array_elements($${parameter}::jsonb))`;
}
