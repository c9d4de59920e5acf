import type { Guest } from '../types';
import { isObject, readOnly, requireArguments, scriptError } from './arguments';
import { checkOperator, type DateBounds, type Fragment, type Param, renderCondition } from './query-condition';

/** Query, Component, Column, Condition and Sort of N/query: a query that is built part by part and said in SuiteQL in the end. */
const AGGREGATES: Record<string, (sql: string) => string> = {
  AVERAGE: (sql) => `AVG(${sql})`,
  AVERAGE_DISTINCT: (sql) => `AVG(DISTINCT ${sql})`,
  COUNT: (sql) => `COUNT(${sql})`,
  COUNT_DISTINCT: (sql) => `COUNT(DISTINCT ${sql})`,
  MAXIMUM: (sql) => `MAX(${sql})`,
  MAXIMUM_DISTINCT: (sql) => `MAX(${sql})`,
  MEDIAN: (sql) => `MEDIAN(${sql})`,
  MINIMUM: (sql) => `MIN(${sql})`,
  MINIMUM_DISTINCT: (sql) => `MIN(${sql})`,
  SUM: (sql) => `SUM(${sql})`,
  SUM_DISTINCT: (sql) => `SUM(DISTINCT ${sql})`,
};

interface FieldOptions {
  fieldId?: string;
  formula?: string;
  type?: string;
  aggregate?: string;
  groupBy?: boolean;
  alias?: string;
  label?: string;
  context?: string | { name: string };
}

/** Names of aliases are given by the builder: `t0` is the root. */
interface Tree {
  guest: Guest;
  components: Component[];
}

export class Component {
  declare readonly type: string;
  declare readonly source: string | null;
  declare readonly target: string | null;
  declare readonly parent: Component | null;
  declare readonly child: Record<string, Component>;
  declare readonly aliasName: string;
  declare readonly from: string;
  declare private readonly tree: Tree;
  declare private readonly implied: Record<string, Component>;

  constructor(
    tree: Tree,
    type: string,
    parent: Component | null,
    join: { on: string; source?: string; target?: string } | null,
  ) {
    const alias = `t${tree.components.length}`;
    const child: Record<string, Component> = {};
    const from =
      join && parent
        ? ` LEFT JOIN ${type} ${alias} ON ${join.on.replaceAll('$child', alias).replaceAll('$parent', parent.aliasName)}`
        : `${type} ${alias}`;
    readOnly(this, 'Component', {
      type: () => type,
      source: () => join?.source ?? null,
      target: () => join?.target ?? null,
      parent: () => parent,
      child: () => child,
    });
    for (const [name, value] of Object.entries({ tree, aliasName: alias, from, implied: {} }))
      Object.defineProperty(this, name, { value });
    tree.components.push(this);
  }

  autoJoin(options: { fieldId: string }): Component {
    requireArguments('Component.autoJoin', options ?? {}, ['fieldId']);
    return this.joinBy(options.fieldId, {});
  }

  /** `entity^customer` is joinTo, `company<contact` joinFrom. */
  join(options: { fieldId?: string; name?: string }): Component {
    const fieldId = options?.fieldId ?? options?.name;
    requireArguments('Component.join', { fieldId }, ['fieldId']);
    return this.joinBy(fieldId as string, {});
  }

  joinTo(options: { fieldId: string; target: string }): Component {
    requireArguments('Component.joinTo', options ?? {}, ['fieldId', 'target']);
    return this.joinBy(options.fieldId, { target: options.target });
  }

  joinFrom(options: { fieldId: string; source: string }): Component {
    requireArguments('Component.joinFrom', options ?? {}, ['fieldId', 'source']);
    return this.joinBy(options.fieldId, { source: options.source });
  }

  createColumn(options: FieldOptions): Column {
    checkField('createColumn', options);
    return new Column(this, options);
  }

  createCondition(options: FieldOptions & { operator?: string; values?: unknown }): Condition {
    checkField('createCondition', options);
    if (options.formula === undefined || options.operator !== undefined)
      requireArguments('Component.createCondition', options as Record<string, unknown>, ['operator']);
    const values =
      options.values === undefined || options.values === null
        ? []
        : Array.isArray(options.values)
          ? (options.values as unknown[])
          : [options.values];
    const operator = String(options.operator ?? 'EQUAL');
    checkOperator(operator, values.length);
    return new Condition({ component: this, field: new Column(this, options), operator, values });
  }

  createSort(options: {
    column: Column;
    ascending?: boolean;
    nullsLast?: boolean;
    caseSensitive?: boolean;
    locale?: string;
  }): Sort {
    requireArguments('Component.createSort', options ?? {}, ['column']);
    return { ascending: true, caseSensitive: false, locale: null, nullsLast: options.ascending !== false, ...options };
  }

  /** `custrecord_state.scriptid`: the field of a record that a field leads to; the join it needs is nobody's child. */
  follow(path: string): { component: Component; field: string } {
    const [name, ...rest] = path.split('.') as [string, ...string[]];
    if (rest.length === 0) return { component: this, field: name };
    const next = this.child[name] ?? (this.implied[name] ??= this.joined(name, {}));
    return next.follow(rest.join('.'));
  }

  private joinBy(fieldId: string, way: { target?: string; source?: string }): Component {
    const [, field = fieldId, mark, other] = /^(\w+)([\^<])(\w+)$/.exec(fieldId) ?? [];
    const chosen = mark === '^' ? { target: other as string } : mark === '<' ? { source: other as string } : way;
    if (this.child[fieldId])
      throw scriptError('RELATIONSHIP_ALREADY_USED', `The relationship ${fieldId} is already used.`);
    const joined = this.joined(field, chosen);
    this.child[fieldId] = joined;
    return joined;
  }

  private joined(fieldId: string, chosen: { target?: string; source?: string }): Component {
    const found = this.tree.guest.syscall<{ table: string; on: string }>('query.findJoin', {
      type: this.type,
      fieldId,
      ...chosen,
    });
    return new Component(this.tree, found.table, this, { on: found.on, ...chosen });
  }
}

function checkField(method: string, options: FieldOptions): void {
  if (!isObject(options)) requireArguments(`Component.${method}`, {}, ['options']);
  if (options.fieldId === undefined && options.formula === undefined)
    throw scriptError('NEITHER_ARGUMENT_DEFINED', `Component.${method}: neither fieldId nor formula is defined.`);
  if (options.fieldId !== undefined && options.formula !== undefined)
    throw scriptError('MUTUALLY_EXCLUSIVE_ARGUMENTS', `Component.${method}: fieldId and formula exclude each other.`);
  if (options.aggregate !== undefined && !(options.aggregate in AGGREGATES))
    throw scriptError('INVALID_AGGREGATE', `Invalid aggregate: ${options.aggregate}.`);
}

export class Column {
  declare readonly component: Component;
  declare readonly fieldId: string | null;
  declare readonly formula: string | null;
  declare readonly type: string | null;
  declare readonly aggregate: string | null;
  declare readonly groupBy: boolean;
  declare readonly alias: string | null;
  declare readonly label: string | null;
  declare readonly context: { name: string } | null;
  declare private readonly place: { component: Component; field: string } | null;

  constructor(component: Component, options: FieldOptions) {
    const context =
      options.context === undefined
        ? null
        : isObject(options.context)
          ? options.context
          : { name: String(options.context) };
    readOnly(this, 'Column', {
      component: () => component,
      fieldId: () => options.fieldId ?? null,
      formula: () => options.formula ?? null,
      type: () => options.type ?? null,
      aggregate: () => options.aggregate ?? null,
      groupBy: () => options.groupBy ?? false,
      alias: () => options.alias ?? null,
      label: () => options.label ?? null,
      context: () => context,
    });
    const place = options.fieldId === undefined ? null : component.follow(options.fieldId);
    Object.defineProperty(this, 'place', { value: place });
  }

  /** The value without its aggregate. */
  plainSql(): string {
    if (this.formula !== null)
      return `(${this.formula.replace(/\{([^}]+)\}/g, (_, path: string) => this.reference(path))})`;
    const field = `${this.place?.component.aliasName ?? ''}.${this.place?.field ?? ''}`;
    switch (this.context?.name) {
      case undefined:
      case 'RAW':
        return field;
      case 'DISPLAY':
      case 'HIERARCHY':
        return `BUILTIN.DF(${field})`;
      default:
        throw scriptError(
          'EMULATOR_UNSUPPORTED',
          `query.FieldContext ${this.context?.name ?? ''} is not available in this emulator.`,
        );
    }
  }

  sql(): string {
    const plain = this.plainSql();
    return this.aggregate === null ? plain : (AGGREGATES[this.aggregate] as (sql: string) => string)(plain);
  }

  /** `{field}` of this component, `{join.field}` of a joined one. */
  private reference(path: string): string {
    const parts = path.trim().split('.');
    let component = this.component;
    for (const name of parts.slice(0, -1)) {
      const next = component.child[name];
      if (!next)
        throw scriptError(
          'SSS_SEARCH_ERROR_OCCURRED',
          `Search error occurred: Record Join '${name}' for record '${component.type}' was not found.`,
        );
      component = next;
    }
    return `${component.aliasName}.${parts[parts.length - 1] as string}`;
  }
}

type Leaf = { component: Component; field: Column; operator: string; values: unknown[] };

export class Condition {
  declare readonly children: Condition[];
  declare readonly word: 'AND' | 'OR' | 'NOT' | null;
  declare readonly leaf: Leaf | null;

  constructor(given: Leaf | { word: 'AND' | 'OR' | 'NOT'; children: Condition[] }) {
    const leaf = 'word' in given ? null : given;
    const children = 'word' in given ? given.children : [];
    readOnly(this, 'Condition', {
      children: () => children,
      component: () => leaf?.component ?? null,
      fieldId: () => leaf?.field.fieldId ?? null,
      formula: () => leaf?.field.formula ?? null,
      aggregate: () => leaf?.field.aggregate ?? null,
      operator: () => leaf?.operator ?? ('word' in given ? given.word : null),
      values: () => leaf?.values ?? [],
    });
    Object.defineProperty(this, 'leaf', { value: leaf });
    Object.defineProperty(this, 'word', { value: 'word' in given ? given.word : null });
  }

  get aggregated(): boolean {
    return this.leaf ? this.leaf.field.aggregate !== null : this.children.some((child) => child.aggregated);
  }

  render(guest: Guest, bounds: (value: unknown) => DateBounds | undefined): Fragment {
    if (this.leaf)
      return renderCondition(
        guest,
        { sql: this.leaf.field.sql(), params: [] },
        this.leaf.operator,
        this.leaf.values,
        bounds,
      );
    const parts = this.children.map((child) => child.render(guest, bounds));
    const params = parts.flatMap((part) => part.params);
    if (this.word === 'NOT') return { sql: `NOT (${parts[0]?.sql ?? ''})`, params };
    return { sql: `(${parts.map((part) => part.sql).join(` ${this.word ?? 'AND'} `)})`, params };
  }
}

export interface Sort {
  column: Column;
  ascending: boolean;
  nullsLast: boolean;
  caseSensitive: boolean;
  locale: string | null;
}

export interface Statement {
  query: string;
  params: Param[];
}

/** The whole query in SuiteQL. */
export function renderQuery(
  guest: Guest,
  tree: Component[],
  columns: Column[],
  condition: Condition | null,
  sorts: Sort[],
  bounds: (value: unknown) => DateBounds | undefined,
): Statement {
  if (columns.length === 0) throw scriptError('NO_COLUMN_DEFINED', 'The query has no columns.');
  const list = columns.map(
    (column, i) =>
      `${column.sql()} AS ${column.alias ?? (column.fieldId === null ? `formula_${i}` : plainName(columns, i))}`,
  );
  const grouped = columns.some((column) => column.aggregate !== null || column.groupBy);
  const groups = grouped
    ? columns.filter((column) => column.aggregate === null).map((column) => column.plainSql())
    : [];
  const clause = condition?.render(guest, bounds) ?? { sql: '', params: [] };
  const word = condition?.aggregated ? 'HAVING' : 'WHERE';
  const where = clause.sql === '' ? '' : ` ${word} ${clause.sql}`;
  const groupBy = groups.length > 0 ? ` GROUP BY ${groups.join(', ')}` : '';
  const order = sorts.map(
    (sort) => `${sort.column.sql()} ${sort.ascending ? 'ASC' : 'DESC'} NULLS ${sort.nullsLast ? 'LAST' : 'FIRST'}`,
  );
  const body = word === 'HAVING' ? groupBy + where : where + groupBy;
  return {
    query: `SELECT ${list.join(', ')} FROM ${tree.map((component) => component.from).join('')}${body}${order.length > 0 ? ` ORDER BY ${order.join(', ')}` : ''}`,
    params: clause.params,
  };
}

/** Two columns of one field id need different names, or mapped results would lose one. */
function plainName(columns: Column[], index: number): string {
  const path = columns[index]?.fieldId as string;
  const name = path.slice(path.lastIndexOf('.') + 1);
  return columns.slice(0, index).some((column) => column.alias === null && column.fieldId?.split('.').at(-1) === name)
    ? `${name}_${index}`
    : name;
}
