import type { ColumnMemory, Queries, Row, SearchSpec } from './ports';
import { messageOf } from './operation-failure';

/**
 * One SELECT of a prefetch. Branches of a batch are joined by UNION ALL, because a query costs 10 units whatever it holds: one
 * statement reads records, lines, addresses and references. Every value is text, so that the branches' columns agree.
 */
export interface Branch {
  /** Distinguishes the branches' rows. */
  mark: string;
  /** SQL expressions that yield text, and a name for each by which it can be dropped. */
  columns: { name: string; sql: string }[];
  from: string;
  where: string;
  params: (string | number)[];
  read(row: ReadonlyMap<string, string | null>): void;
  /** Called when the branch can't be read even with its bare columns. */
  unavailable(): void;
  /** Names of columns without which the branch is useless. */
  essential: readonly string[];
  /** The same by N/search; absent where searches can't do it. */
  search?: Omit<SearchSpec, 'columns'> & { columns: Readonly<Record<string, string>> };
  /** Called with the columns that had to be dropped. */
  dropped(columns: string[]): void;
}

/** SuiteQL's own cap per query (Oracle page section_157960542026). */
export const MAX_ROWS = 5000;

export const asText = (expression: string): string => `TO_CHAR(${expression})`;
export const asDay = (expression: string): string => `TO_CHAR(${expression}, 'YYYY-MM-DD')`;
export const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/** Most entries of one IN list: the database behind SuiteQL refuses a longer one. */
export const MAX_LIST = 1000;

/** Whether a column holds one of so many parameters. */
export function isOneOf(column: string, count: number): string {
  const lists = Array.from({ length: Math.max(1, Math.ceil(count / MAX_LIST)) }, (_, at) =>
    marks(Math.min(MAX_LIST, count - at * MAX_LIST)),
  );
  const either = lists.map((list) => `${column} IN (${list})`).join(' OR ');
  return lists.length > 1 ? `(${either})` : either;
}

export function unionOf(branches: readonly Branch[]): { sql: string; params: (string | number)[] } {
  const width = Math.max(...branches.map((branch) => branch.columns.length));
  const parts = branches.map((branch, part) => {
    const cells = [`'${branch.mark}'`, ...branch.columns.map((column) => column.sql)];
    while (cells.length <= width) cells.push('NULL');
    const list = part === 0 ? cells.map((cell, at) => `${cell} AS c${at}`) : cells;
    return `SELECT ${list.join(', ')} FROM ${branch.from} WHERE ${branch.where}`;
  });
  return { sql: parts.join(' UNION ALL '), params: branches.flatMap((branch) => branch.params) };
}

function deliver(branches: readonly Branch[], rows: Row[]): void {
  const byMark = new Map(branches.map((branch) => [branch.mark, branch]));
  for (const row of rows) {
    const branch = byMark.get(row[0] ?? '');
    if (branch === undefined) continue;
    branch.read(new Map(branch.columns.map((column, at) => [column.name, row[at + 1] ?? null])));
  }
}

const runAll = (queries: Queries, branches: readonly Branch[]): Row[] => {
  const { sql, params } = unionOf(branches);
  return queries.run(sql, params);
};

/**
 * Reads all branches in one query. When NetSuite refuses it (a column or table that this account or role does not show), what an
 * earlier refusal taught is left out; when there is nothing to leave out, each branch is read alone, without the columns its error
 * names or without all that are not essential, and the lesson is kept for the next request.
 */
export function readBranches(
  queries: Queries,
  branches: readonly Branch[],
  memory?: ColumnMemory,
  recordType = '',
): void {
  if (branches.length === 0) return;
  if (queries.mode() === 'search') {
    branches.forEach((branch) => searchBranch(queries, branch));
    return;
  }
  try {
    deliver(branches, runAll(queries, branches));
    return;
  } catch (refusal) {
    if (branches.length === 1 && branches[0] !== undefined) {
      repair(queries, branches[0], refusal);
      return;
    }
  }
  const lessons = memory?.recall(recordType) ?? [];
  const slim = lessons.length === 0 ? null : withoutUnreadable(branches, lessons);
  try {
    if (slim !== null) {
      const rows = slim.length === 0 ? [] : runAll(queries, slim);
      tellDropped(branches, slim);
      deliver(slim, rows);
      return;
    }
  } catch {
    // The lessons are old: learn anew.
  }
  memory?.remember(recordType, readOneByOne(queries, branches));
}

/** Answers `mark` for an unreadable branch and `mark.column` for an unreadable column. */
function readOneByOne(queries: Queries, branches: readonly Branch[]): string[] {
  return branches.flatMap((branch) => {
    try {
      deliver([branch], runAll(queries, [branch]));
      return [];
    } catch (refusal) {
      return repair(queries, branch, refusal);
    }
  });
}

function withoutUnreadable(branches: readonly Branch[], lessons: readonly string[]): Branch[] {
  const bad = new Set(lessons);
  return branches
    .filter((branch) => !bad.has(branch.mark))
    .map((branch) => ({
      ...branch,
      columns: branch.columns.filter((column) => !bad.has(`${branch.mark}.${column.name}`)),
    }));
}

function tellDropped(branches: readonly Branch[], slim: readonly Branch[]): void {
  for (const branch of branches) {
    const kept = slim.find((one) => one.mark === branch.mark);
    if (kept === undefined) branch.unavailable();
    else if (kept.columns.length < branch.columns.length) {
      const names = new Set(kept.columns.map((column) => column.name));
      branch.dropped(branch.columns.map((column) => column.name).filter((name) => !names.has(name)));
    }
  }
}

function repair(queries: Queries, branch: Branch, refusal: unknown): string[] {
  const optional = branch.columns.filter((column) => !branch.essential.includes(column.name));
  const text = messageOf(refusal).toLowerCase();
  const named = optional.filter((column) => text.includes(`'${bareName(column.name)}'`));
  const trials = [named, optional].filter((dropped) => dropped.length > 0);
  for (const dropped of trials) {
    const slim = { ...branch, columns: branch.columns.filter((column) => !dropped.includes(column)) };
    try {
      const rows = runAll(queries, [slim]);
      const names = dropped.map((column) => column.name);
      branch.dropped(names);
      deliver([slim], rows);
      return names.map((name) => `${branch.mark}.${name}`);
    } catch {
      continue;
    }
  }
  branch.unavailable();
  return [branch.mark];
}

const bareName = (name: string): string => name.replace(/^.*\./, '');

/** Reads one branch by N/search. Columns that searches don't have, or refuse, are as good as dropped. */
function searchBranch(queries: Queries, branch: Branch): void {
  const { search } = branch;
  if (search === undefined) {
    branch.unavailable();
    return;
  }
  const named = branch.columns.map((column) => search.columns[column.name] ?? null);
  const bare = branch.columns.map((column, at) =>
    branch.essential.includes(column.name) ? (named[at] ?? null) : null,
  );
  for (const columns of [named, bare]) {
    try {
      const rows = queries.search({ ...search, columns });
      const kept = branch.columns.filter((_, at) => columns[at] !== null);
      branch.dropped(branch.columns.filter((column) => !kept.includes(column)).map((column) => column.name));
      const slim = { ...branch, columns: kept };
      deliver(
        [slim],
        rows.map((row) => [branch.mark, ...row.filter((_, at) => columns[at] !== null)]),
      );
      return;
    } catch {
      continue;
    }
  }
  branch.unavailable();
}
