/** Turns the marks of the common SQL into SQLite's words. Parameters keep their order. */
export function toSqlite(sql: string): string {
  return sql
    .replaceAll(/@list\(\w+\)/g, '(SELECT value AS v FROM json_each(?))')
    .replaceAll(/@rows\(([^)]*)\)/g, (_, columns: string) => {
      const names = columns.split(',').map((column) => column.trim().split(/\s+/)[0] ?? '');
      const members = names.map((name, at) => `json_extract(value, '$[${at}]') AS ${name}`);
      return `(SELECT ${members.join(', ')} FROM json_each(?))`;
    })
    .replaceAll(/@turn(?:\((\w+)\))?/g, (_, alias?: string) => (alias === undefined ? 'seq' : `${alias}.seq`))
    .replaceAll(/\s+@(lock|skip)\b/g, '');
}
