/** Turns the marks of the common SQL into SQLite's words. Parameters keep their order. */
export function toSqlite(sql: string): string {
  return sql
    .replaceAll(/@list\(\w+\)/g, '(SELECT value AS v FROM json_each(?))')
    .replaceAll(/@rows\(([^)]*)\)/g, (_, columns: string) => {
      const names = columnNames(columns);
      const members = names.map((name, at) => `json_extract(value, '$[${at}]') AS ${name}`);
      return `(SELECT ${members.join(', ')} FROM json_each(?))`;
    })
    .replaceAll(/@turn(?:\((\w+)\))?/g, (_, alias?: string) => (alias === undefined ? 'seq' : `${alias}.seq`))
    .replaceAll(/\s+@(lock|skip)\b/g, '');
}

const columnNames = (columns: string): string[] =>
  columns.split(',').map((column) => column.trim().split(/\s+/)[0] ?? '');

/** Where the value of a parameter comes from: of the statement's own, or of the row's. */
export type Source = { param: number } | { column: number };

/** An UPDATE with `@each`, as a statement for one row: each row by itself is quicker here than a list that has to be read as JSON. */
export function toRowUpdate(sql: string): { text: string; sources: Source[] } {
  const names = columnNames(/@each\(([^)]*)\)/.exec(sql)?.[1] ?? '');
  const sources: Source[] = [];
  let params = 0;
  const text = sql.replaceAll(/@each\([^)]*\)|\?|\bv\.(\w+)/g, (mark: string, name?: string) => {
    if (mark.startsWith('@')) return '';
    sources.push(name === undefined ? { param: params++ } : { column: names.indexOf(name) });
    return '?';
  });
  return { text, sources };
}
