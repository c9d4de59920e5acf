import type { FieldMeta } from '../../kernel/types';
import type { Sql, Stored } from '../compile/sql';
import { fieldColumn, metaColumn, rawColumn, extract } from './column';
import type { CatalogSettings, ColumnSpec } from './record-table';
import { unknownColumn } from './record-table';
import { type Table, typeList } from './table';

export interface SublistTableSpec {
  label: string;
  types: string[];
  sublists: string[];
  /** Which lines of the sublists are rows. */
  condition?: (row: string) => string;
  columns: Record<string, ColumnSpec>;
  hidden?: Record<string, string>;
  /** False: only `columns` exist. */
  registryFields?: boolean;
  /** Indexes by which the rows are found. */
  indexes?: NonNullable<Stored['index']>[];
  /** Replaces the `line` table, with the same columns. */
  from?: (types: string[]) => string;
}

/** Lines of a sublist as a table. */
export class SublistTable implements Table {
  readonly label: string;
  readonly types: string[];
  mainline?: { T: Table; F: Table };
  readonly indexes: NonNullable<Stored['index']>[];
  private readonly spec: SublistTableSpec;
  private readonly settings: CatalogSettings;

  constructor(spec: SublistTableSpec, settings: CatalogSettings) {
    this.label = spec.label;
    this.types = spec.types;
    this.indexes = spec.indexes ?? [];
    this.spec = spec;
    this.settings = settings;
  }

  from(types: string[]): string {
    return this.spec.from?.(types) ?? 'line';
  }

  where(alias: string, types: string[]): string | null {
    if (this.spec.from) return null;
    const shown = this.spec.condition === undefined ? '' : ` AND ${this.spec.condition(alias)}`;
    return `${typeList(`${alias}.type`, types)} AND ${typeList(`${alias}.sublist`, this.spec.sublists)}${shown}`;
  }

  hidden(name: string): string | undefined {
    return this.spec.hidden?.[name];
  }

  column(alias: string, name: string): Sql | undefined {
    const spec = this.spec.columns[name];
    if (spec) return this.specified(alias, spec);
    if (this.hidden(name) !== undefined) return undefined;
    const meta = this.spec.registryFields === false ? undefined : this.meta(name);
    if (meta) return metaColumn(this.place(alias), meta);
    if (this.settings.acceptUnknownCustom() && /^(custcol|cseg_)\w+$/.test(name))
      return unknownColumn(`${alias}.data`, name, this.settings.registry);
    return undefined;
  }

  names(): string[] {
    const names = new Set(Object.keys(this.spec.columns));
    for (const meta of this.allMeta()) if (meta.custom || meta.id.startsWith('custcol')) names.add(meta.id);
    return [...names];
  }

  private place(alias: string): { data: string; indexType: string | null; sublist: string } {
    return {
      data: `${alias}.data`,
      indexType: this.spec.from ? null : (this.types[0] ?? null),
      sublist: this.spec.sublists[0] ?? '',
    };
  }

  private specified(alias: string, spec: ColumnSpec): Sql {
    if ('make' in spec) return spec.make(alias);
    if ('anyOf' in spec) {
      return rawColumn(
        `COALESCE(${spec.anyOf.map((field) => extract(`${alias}.data`, field)).join(', ')})`,
        spec.type,
        spec.target,
      );
    }
    const meta = this.meta(spec.field);
    return fieldColumn(this.place(alias), spec.field, spec.type ?? 'text', spec.target ?? meta?.selectType);
  }

  private meta(field: string): FieldMeta | undefined {
    return this.allMeta().find((meta) => meta.id === field);
  }

  private allMeta(): FieldMeta[] {
    return this.types.flatMap((type) =>
      this.spec.sublists.flatMap((sublist) =>
        Object.values(this.settings.registry.type(type)?.sublists[sublist]?.fields ?? {}),
      ),
    );
  }
}
