import type { Table } from '../catalog/table';
import { fieldNotFound, syntaxError, unknownIdentifier } from '../syntax/errors';
import { displayOf } from './display-of';
import type { OutputColumn, Sql } from './sql';

/** One item of FROM: a table, or a subquery with its columns. */
export interface Source {
  /** As the query calls it, lower case. */
  name: string;
  /** As the SQLite statement calls it. */
  alias: string;
  table?: Table;
  columns?: (OutputColumn & { sql: string })[];
  /** An outer join may find no row of it. */
  optional?: boolean;
}

/** What a name means: the sources of this SELECT, then those of the query around it. */
export class Scope {
  readonly sources: Source[] = [];
  readonly parent: Scope | null;
  /** Columns of these sources that queries inside this one have read: name by SQL. */
  readonly lent = new Map<string, string>();

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
    const owner = this.ownerOf(table, name);
    if (owner === undefined) return this.missing(table, name);
    const column = owner.own(table, name) as Sql;
    if (owner !== this) owner.lent.set(column.sql, name);
    return column;
  }

  knows(name: string): boolean {
    return this.ownerOf(null, name) !== undefined;
  }

  /** It belongs to a query around this one, so it is the same for all rows here. */
  isOuter(table: string | null, name: string): boolean {
    const owner = this.ownerOf(table, name);
    return owner !== undefined && owner !== this;
  }

  /** The nearest query that the name belongs to. An alias hides its record's name, so names as FROM gives them come first. */
  private ownerOf(table: string | null, name: string): Scope | undefined {
    const chain = this.chain();
    if (table === null) {
      // A declared field goes before an undeclared one, which any record of an inner query might have.
      const found = (declared: boolean): Scope | undefined =>
        chain.find((scope) => {
          const column = scope.anywhere(name.toLowerCase());
          return column !== undefined && !(declared && column.guessed);
        });
      return found(true) ?? found(false);
    }
    const lower = table.toLowerCase();
    return chain.find((scope) => scope.called(lower)) ?? chain.find((scope) => scope.labelled(lower));
  }

  private chain(): Scope[] {
    return [this, ...(this.parent?.chain() ?? [])];
  }

  private own(table: string | null, name: string): Sql | undefined {
    return table === null ? this.anywhere(name.toLowerCase()) : this.qualified(table, name);
  }

  private anywhere(name: string): Sql | undefined {
    const found: Sql[] = [];
    for (const source of this.sources) {
      const column = columnOf(source, name);
      if (column) found.push(column);
    }
    // Oracle's ORA-00918; the outer query's columns do not count.
    const declared = found.filter((column) => !column.guessed);
    // No record has declared it, so it is empty in each.
    if (declared.length === 0) return found[0];
    if (declared.length > 1) throw syntaxError(`the field ${name} is ambiguous; put the record's alias before it`);
    return declared[0];
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
    return this.called(lower) ?? this.labelled(lower);
  }

  private called(name: string): Source | undefined {
    return this.sources.find((source) => source.name === name);
  }

  private labelled(name: string): Source | undefined {
    return this.sources.find((source) => source.table?.label.toLowerCase() === name);
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
    const column = table.column(alias, name);
    const found = column && source.optional ? unlessMissing(column, alias) : column;
    return found && { ...found, row: { alias, table: table.label.toLowerCase(), column: name } };
  }
  const column = source.columns?.find((known) => known.name === name);
  if (!column) return undefined;
  const sql = `${source.alias}.${column.sql}`;
  return { sql, type: column.type, constant: false, ...displayOf(column, sql) };
}

/** A row that is not there has no values: what is computed, and a check box that nobody has ticked, would have one. */
export function unlessMissing(column: Sql, alias: string): Sql {
  const { stored, display, ...rest } = column;
  const unless = (sql: string): string => `CASE WHEN ${alias}.type IS NOT NULL THEN ${sql} END`;
  const shown = display ? { display: () => unless(display()) } : {};
  if (column.type !== 'bool' && (stored || /^\w+\.\w+$/.test(column.sql))) return { ...column, ...shown };
  return { ...rest, sql: unless(column.sql), ...shown };
}
