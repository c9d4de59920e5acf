import type { Table } from '../catalog/table';
import { fieldNotFound, syntaxError, unknownIdentifier } from '../syntax/errors';
import type { OutputColumn, Sql } from './sql';

/** One item of FROM: a table, or a subquery with its columns. */
export interface Source {
  /** As the query calls it, lower case. */
  name: string;
  /** As the SQLite statement calls it. */
  alias: string;
  table?: Table;
  columns?: (OutputColumn & { sql: string; display?: (row: string) => string })[];
}

/** What a name means: the sources of this SELECT, then those of the query around it. */
export class Scope {
  readonly sources: Source[] = [];
  readonly parent: Scope | null;

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  add(source: Source): void {
    if (this.sources.some((known) => known.name === source.name))
      throw syntaxError(`the alias ${source.name} is used twice`);
    this.sources.push(source);
  }

  /** Throws "Field … was not found", "Unknown identifier …" or an ambiguity. */
  column(table: string | null, name: string): Sql {
    const lower = name.toLowerCase();
    const found = table === null ? this.anywhere(lower) : this.qualified(table, name);
    if (found) return found;
    if (this.parent) return this.parent.column(table, name);
    return this.missing(table, name);
  }

  private anywhere(name: string): Sql | undefined {
    const found: Sql[] = [];
    for (const source of this.sources) {
      const column = columnOf(source, name);
      if (column) found.push(column);
    }
    // Oracle's ORA-00918; the outer query's columns do not count.
    if (found.length > 1) throw syntaxError(`the field ${name} is ambiguous; put the record's alias before it`);
    return found[0];
  }

  private qualified(table: string, name: string): Sql | undefined {
    const source = this.source(table);
    if (!source) return undefined;
    const column = columnOf(source, name.toLowerCase());
    if (column) return column;
    if (source.table) throw fieldNotFound(name, source.table.label, source.table.hidden(name.toLowerCase()));
    throw unknownIdentifier(`${table}.${name}`);
  }

  source(name: string): Source | undefined {
    const lower = name.toLowerCase();
    return (
      this.sources.find((source) => source.name === lower) ??
      this.sources.find((source) => source.table?.label.toLowerCase() === lower)
    );
  }

  private missing(table: string | null, name: string): never {
    if (table !== null) throw unknownIdentifier(`${table}.${name}`);
    const only = this.sources.length === 1 ? this.sources[0]?.table : undefined;
    if (only) throw fieldNotFound(name, only.label, only.hidden(name.toLowerCase()));
    throw unknownIdentifier(name);
  }
}

export function columnOf(source: Source, name: string): Sql | undefined {
  if (source.table) {
    const { alias, table } = source;
    const found = table.column(alias, name);
    return found && { ...found, row: { alias, table: table.label.toLowerCase(), column: name } };
  }
  const column = source.columns?.find((known) => known.name === name);
  if (!column) return undefined;
  const sql = `${source.alias}.${column.sql}`;
  return { sql, type: column.type, constant: false, display: () => sql };
}
