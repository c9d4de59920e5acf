import type { FieldMeta, Registry } from '../../kernel/types';
import type { Sql, SqlType } from '../compile/sql';
import { extract, fieldColumn, metaColumn, rawColumn, sqlTypeOf } from './column';
import { nameOf } from './display';
import { type Table, typeList } from './table';
import { givenOr, isUncomputed } from './uncomputed';

/** A column: another field's name, a type for a field the registry does not list, or an expression over the row. */
export type ColumnSpec =
  | { field: string; type?: SqlType; target?: string }
  /** The first of these fields that holds a value. */
  | { anyOf: string[]; type: SqlType; target?: string }
  | { make: (row: string) => Sql };

export interface RecordTableSpec {
  label: string;
  types: string[];
  /** All types of this group belong to the table, custom ones too. */
  group?: string;
  columns?: Record<string, ColumnSpec>;
  hidden?: Record<string, string>;
  /** False: only `columns` exist. */
  registryFields?: boolean;
  /** Rows of a query instead of all records. */
  from?: () => string;
}

export interface CatalogSettings {
  registry: Registry;
  /** Undeclared custom fields read as empty instead of failing (setting `unknownCustomFields`). */
  acceptUnknownCustom(): boolean;
}

/** Ids of custom fields; `customer` and `customform` are standard ones. */
export const CUSTOM_FIELD = /^(cust(?!om)|cseg_)\w+$/;

/** Records of one or more types as a table: their body fields by id, plus what the analytics data source adds or renames. */
export class RecordTable implements Table {
  readonly label: string;
  readonly types: string[];
  private readonly spec: RecordTableSpec;
  private readonly settings: CatalogSettings;

  constructor(spec: RecordTableSpec, settings: CatalogSettings) {
    this.label = spec.label;
    this.types = spec.types;
    this.spec = spec;
    this.settings = settings;
  }

  from(): string {
    return this.spec.from?.() ?? 'record';
  }

  where(alias: string, types: string[]): string {
    const list = typeList(`${alias}.type`, types);
    // For many types the group is said too: the index of ids begins with it, those of fields with the type.
    return this.spec.group === undefined ? list : `${list} AND ${alias}.grp = '${this.spec.group}'`;
  }

  private group(): string | undefined {
    return this.spec.group ?? this.settings.registry.type(this.types[0] ?? '')?.group;
  }

  hidden(name: string): string | undefined {
    return this.spec.hidden?.[name];
  }

  column(alias: string, name: string): Sql | undefined {
    if (name === 'id') return this.idColumn(alias);
    if (name === 'externalid') {
      const sql = `${alias}.externalid`;
      return {
        sql,
        type: 'text',
        constant: false,
        stored: { sql, form: 'external', where: `${alias}.grp = '${this.group() ?? ''}'` },
      };
    }
    const spec = this.spec.columns?.[name];
    if (spec) return this.specified(alias, spec);
    if (this.hidden(name) !== undefined || this.spec.registryFields === false) return undefined;
    const meta = this.meta(name);
    const kind = this.spec.group ?? this.types[0] ?? '';
    if (meta && isUncomputed(kind, name)) {
      const raw = givenOr(extract(`${alias}.data`, name), kind, name, `${alias}.id`);
      return rawColumn(raw, sqlTypeOf(meta.type), meta.selectType);
    }
    if (meta && meta.type !== 'summary') return metaColumn(this.place(alias), meta);
    return this.unknownCustom(alias, name);
  }

  names(): string[] {
    const names = new Set(['id', 'externalid', ...Object.keys(this.spec.columns ?? {})]);
    if (this.spec.registryFields !== false) {
      const kind = this.spec.group ?? this.types[0] ?? '';
      for (const type of this.types) {
        for (const meta of Object.values(this.settings.registry.type(type)?.fields ?? {})) {
          // An asterisk is no question for a field by name, so it leaves out what can't be answered.
          const shown = meta.type !== 'summary' && meta.stored !== false && !isUncomputed(kind, meta.id);
          if (shown && this.hidden(meta.id) === undefined) names.add(meta.id);
        }
      }
    }
    return [...names];
  }

  private idColumn(alias: string): Sql {
    return { sql: `${alias}.id`, type: 'number', constant: false, display: () => nameOf(alias, this.group() ?? '') };
  }

  private place(alias: string): { data: string; indexType: string | null } {
    return { data: `${alias}.data`, indexType: this.types[0] ?? null };
  }

  private specified(alias: string, spec: ColumnSpec): Sql {
    if ('make' in spec) return spec.make(alias);
    if ('anyOf' in spec) {
      const raw = `COALESCE(${spec.anyOf.map((field) => extract(`${alias}.data`, field)).join(', ')})`;
      return rawColumn(raw, spec.type, spec.target);
    }
    const meta = this.meta(spec.field);
    if (spec.type === undefined && meta) return metaColumn(this.place(alias), meta);
    return fieldColumn(this.place(alias), spec.field, spec.type ?? 'text', spec.target ?? meta?.selectType);
  }

  private meta(field: string): FieldMeta | undefined {
    const { registry } = this.settings;
    if (this.spec.group !== undefined) {
      const found = registry.type(this.spec.group)?.fields[field];
      if (found) return found;
    }
    for (const type of this.types) {
      const found = registry.type(type)?.fields[field];
      if (found) return found;
    }
    return undefined;
  }

  private unknownCustom(alias: string, name: string): Sql | undefined {
    if (!this.settings.acceptUnknownCustom() || !CUSTOM_FIELD.test(name)) return undefined;
    return unknownColumn(`${alias}.data`, name, this.settings.registry);
  }
}

/** An undeclared custom field: its type follows the stored value; `cseg_x` is a select of `customrecord_cseg_x` where that exists. */
export function unknownColumn(data: string, name: string, registry: Registry): Sql {
  const raw = extract(data, name);
  const segment = `customrecord_${name}`;
  if (name.startsWith('cseg_') && registry.type(segment)) return { ...rawColumn(raw, 'key', segment), guessed: true };
  const sql = `CASE json_type(${data}, '$.fields.${name}') WHEN 'true' THEN 'T' WHEN 'false' THEN 'F' ELSE ora_multi(${raw}) END`;
  return { sql, type: 'any', constant: false, guessed: true };
}
