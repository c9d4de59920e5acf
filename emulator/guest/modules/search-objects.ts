import { FilterExpressionError, filterName, filterValues, parseFilters } from '../../search/filter-expression';
import type { ColumnDefinition, FilterNode, FilterTerm, FilterValue } from '../../search/types';
import { missingArgument } from '../errors';
import { isObject, readOnly, requireArguments, scriptError } from './arguments';
import { isOperator, isSummary } from './search-enums';

/** Filter, Column and Setting of N/search, and their way into a definition. */

export const invalidExpression = (message: string): Error =>
  scriptError('SSS_INVALID_SRCH_FILTER_EXPR', message) as unknown as Error;

interface FilterOptions {
  name: string;
  join?: string | null;
  operator: string;
  values?: unknown;
  formula?: string | null;
  summary?: string | null;
}

export class Filter {
  declare readonly name: string;
  declare readonly join: string | null;
  declare readonly operator: string;
  declare readonly values: unknown[];
  formula: string | null;
  summary: string | null;

  constructor(options: FilterOptions) {
    const values =
      options.values === undefined || options.values === null
        ? []
        : Array.isArray(options.values)
          ? (options.values as unknown[])
          : [options.values];
    readOnly(this, 'Filter', {
      name: () => options.name,
      join: () => options.join ?? null,
      operator: () => options.operator.toLowerCase(),
    });
    Object.defineProperty(this, 'values', { value: values, enumerable: false });
    this.formula = options.formula ?? null;
    this.summary = options.summary ?? null;
  }

  toString(): string {
    return 'search.Filter';
  }

  toJSON(): object {
    const { name, join, operator, values, formula, summary } = this;
    return {
      name,
      join,
      operator,
      values: values.map(String),
      formula,
      summary,
      isor: false,
      isnot: false,
      leftparens: 0,
      rightparens: 0,
    };
  }
}

export function createFilter(options: FilterOptions): Filter {
  requireArguments('search.createFilter', options as unknown as Record<string, unknown>, ['name', 'operator']);
  const operator = String(options.operator).toLowerCase();
  if (!isOperator(operator)) throw invalidOperator(options.name);
  if (options.summary && !isSummary(String(options.summary).toUpperCase())) {
    throw scriptError(
      'SSS_INVALID_SRCH_FILTER_SUM',
      `A search filter contains an invalid summary type: ${String(options.summary)}.`,
    );
  }
  return new Filter(options);
}

const invalidOperator = (name: string): Error =>
  scriptError(
    'SSS_INVALID_SRCH_OPERATOR',
    `An nlobjSearchFilter contains an invalid operator, or is not in proper syntax: ${name}.`,
  ) as unknown as Error;

export class Column {
  declare readonly name: string;
  declare readonly join: string | null;
  declare readonly summary: string | null;
  formula: string | null;
  label: string | null;
  function: string | null;
  sort: string | null;
  private order: { name: string; join: string | null } | null;

  constructor(options: Partial<Record<keyof ColumnDefinition, string | null>> & { name: string }) {
    readOnly(this, 'Column', {
      name: () => options.name,
      join: () => options.join ?? null,
      summary: () => options.summary ?? null,
    });
    this.formula = options.formula ?? null;
    this.label = options.label ?? null;
    this.function = options.function ?? null;
    this.sort = options.sort ?? null;
    Object.defineProperty(this, 'order', { writable: true, enumerable: false, value: null });
    this.order = options.whenorderedby
      ? { name: options.whenorderedby, join: options.whenorderedbyjoin ?? null }
      : null;
  }

  /** The value of a MIN or MAX column is taken from the row where this field is least or greatest. */
  setWhenOrderedBy(given: unknown, join?: unknown): this {
    const options = (typeof given === 'string' ? { name: given, join } : (given ?? {})) as Record<
      string,
      string | null
    >;
    requireArguments('Column.setWhenOrderedBy', options, ['name']);
    this.order = { ...columnName(String(options.name), options.join ?? undefined), join: options.join ?? null };
    return this;
  }

  ordering(): Pick<ColumnDefinition, 'whenorderedby' | 'whenorderedbyjoin'> {
    const { order } = this;
    return order ? { whenorderedby: order.name, ...(order.join ? { whenorderedbyjoin: order.join } : {}) } : {};
  }

  toString(): string {
    return 'search.Column';
  }

  toJSON(): object {
    const { name, join, summary, label, formula, function: applied, sort } = this;
    return { name, join, summary, label, formula, function: applied, sortdir: sort ?? 'NONE' };
  }
}

export function createColumn(given: unknown): Column {
  if (typeof given === 'string') return new Column(columnName(given));
  if (given instanceof Column) return given;
  const options = (given ?? {}) as Record<string, string>;
  requireArguments('search.createColumn', options, ['name']);
  const summary =
    options.summary === undefined || options.summary === null ? undefined : String(options.summary).toUpperCase();
  if (summary !== undefined && !isSummary(summary))
    throw scriptError('SSS_INVALID_SRCH_COLUMN_SUM', `A search column contains an invalid summary type: ${summary}.`);
  return new Column({
    ...options,
    ...columnName(String(options.name), options.join),
    ...(summary === undefined ? {} : { summary }),
  });
}

/** `customer.email` is a field of a join. */
function columnName(given: string, join?: string): { name: string; join?: string } {
  const at = given.indexOf('.');
  if (at > 0 && !join) return { join: given.slice(0, at), name: given.slice(at + 1) };
  return join ? { name: given, join } : { name: given };
}

export function columnDefinition(column: Column): ColumnDefinition {
  const definition: ColumnDefinition = { name: column.name };
  if (column.join) definition.join = column.join;
  if (column.summary) definition.summary = column.summary;
  if (column.formula) definition.formula = column.formula;
  if (column.label) definition.label = column.label;
  if (column.function) definition.function = column.function;
  Object.assign(definition, column.ordering());
  if (column.sort) definition.sort = column.sort;
  return definition;
}

/** What a script gave as filters, as plain data: Date objects become `{date}`. */
export function toFilterNode(given: unknown): FilterNode | null {
  try {
    const node = parseFilters(plain(given));
    checkOperators(node);
    return node;
  } catch (error) {
    if (error instanceof FilterExpressionError) throw invalidExpression(error.message);
    throw error;
  }
}

function plain(given: unknown): unknown {
  if (Array.isArray(given)) return (given as unknown[]).map(plain);
  if (given instanceof Date) return { date: given.toISOString() };
  if (given instanceof Filter) {
    const { name, join, operator, values, formula, summary } = given;
    return { ...filterName(name), ...(join ? { join } : {}), operator, values: plain(values), formula, summary };
  }
  if (isObject(given) && 'name' in given && 'operator' in given) return { ...given, values: plain(given.values) };
  return given;
}

function checkOperators(node: FilterNode | null): void {
  if (node === null) return;
  if ('and' in node) node.and.forEach(checkOperators);
  else if ('or' in node) node.or.forEach(checkOperators);
  else if ('not' in node) checkOperators(node.not);
  else if (node.name === undefined || node.name === null) throw missingArgument('search.createFilter', 'name');
  else if (!isOperator(node.operator)) throw invalidOperator(node.name);
}

/** The expression form of a node, as `Search.filterExpression` shows it. */
export function toExpression(node: FilterNode | null): unknown[] {
  if (node === null) return [];
  if ('and' in node) return chain(node.and, 'AND');
  if ('or' in node) return chain(node.or, 'OR');
  if ('not' in node) return ['NOT', member(node.not)];
  return [member(node)];
}

const member = (node: FilterNode): unknown => ('name' in node ? termExpression(node) : toExpression(node));
const chain = (nodes: FilterNode[], word: string): unknown[] =>
  nodes.flatMap((node, i) => (i === 0 ? [member(node)] : [word, member(node)]));

function termExpression(term: FilterTerm): unknown[] {
  const field = term.join ? `${term.join}.${term.name}` : term.formula ? `${term.name}: ${term.formula}` : term.name;
  return [term.summary ? `${term.summary.toLowerCase()}(${field})` : field, term.operator, ...term.values.map(shown)];
}

const shown = (value: FilterValue): unknown =>
  typeof value === 'object' && value !== null ? new Date(value.date) : value;

/** The flat list that `Search.filters` shows; AND and OR are lost, as they are in NetSuite's list of filters. */
export function toFilters(node: FilterNode | null): Filter[] {
  if (node === null) return [];
  if ('and' in node) return node.and.flatMap(toFilters);
  if ('or' in node) return node.or.flatMap(toFilters);
  if ('not' in node) return toFilters(node.not);
  return [new Filter({ ...node, values: filterValues(node.values) })];
}
