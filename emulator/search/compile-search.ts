import { settingOf } from '../kernel/setting-of';
import type { Account, Execution } from '../kernel/types';
import { averageOf, orderTerm } from '../suiteql/compile/aggregates';
import { asNumber, asText } from '../suiteql/compile/coerce';
import { CompileContext } from '../suiteql/compile/context';
import { notPosition } from '../suiteql/compile/sql';
import { instantToCivil } from '../suiteql/oracle/civil';
import { ownRowsCondition } from '../permissions/own-rows';
import { visibleTypes, zoneOf } from '../suiteql/engine';
import { applyFunction } from './column-functions';
import { invalidColumn, invalidFilter, invalidSummary, unsupportedSearch } from './errors';
import { formulaTags, type FormulaTag } from './formula-tags';
import { type FormulaField, formulaField, isFormula } from './formula';
import { isBalance } from './inventory-balance';
import { textValue } from './filter-values';
import type { OperatorContext } from './operator-parts';
import { filterCondition } from './operators';
import { type LineMode, SearchScope } from './scope';
import { listedField } from './search-fields';
import { searchBase } from './search-type';
import { wantTextIndex } from './text-index';
import type { SearchField } from './field-type';
import type { ColumnDefinition, FilterNode, FilterTerm, Format, SearchDefinition } from './types';

export interface CompiledSearch {
  sql: string;
  countSql: string;
  /** Cells come as value, text for each column, after id and type of the record. */
  formats: Format[];
  summary: boolean;
}

interface Compiled {
  value: string;
  text: string;
  format: Format;
  sort: { sql: string; descending: boolean } | null;
  group: string | null;
  /** Every spelling of what it groups by. */
  grouped: string[];
}

/** SQL for a search over the rows the role may see. `:limit` and `:offset` page it, `:now` is the civil present. */
export function compileSearch(account: Account, execution: Execution, definition: SearchDefinition): CompiledSearch {
  const base = searchBase(account.registry, definition.type);
  const visible = (types: string[]): string[] => visibleTypes(account, execution, types);
  const types = visible(base.types);
  if (types.length === 0) account.permissions.requireRecord(execution, base.types[0] ?? base.id, 'view');
  requireSearch(account, execution, base.kind);
  const scope = new SearchScope(base, lineMode(base.kind, base.id, definition), {
    registry: account.registry,
    acceptUnknown: account.settings.unknownCustomFields === 'accept',
    visible,
    ownRows: (of, alias) => ownRowsCondition(account, execution, of, alias),
  });
  const context = new CompileContext([]);
  const now = instantToCivil(new Date(account.clock.now()).toISOString(), zoneOf(account));
  const compiler = new SearchCompiler(account, scope, context, { now, tag: formulaTags(account, execution) });
  const filters = compiler.filters(definition.filters);
  const summary = definition.columns.some((column) => column.summary);
  const columns = definition.columns.map((column) => compiler.column(column, summary));
  compiler.requireGrouped(columns.flatMap((column) => column.grouped));
  if (filters.having !== '' && !summary) throw unsupportedSearch('A summary filter without summary columns');
  const { sql: from, where, order } = scope.from(types);
  for (const index of [...context.indexes.values(), ...scope.indexes()])
    account.store.ensureIndex(index.type, index.field, index.sublist);
  for (const expression of scope.computed()) account.store.ensureComputedIndex(expression);
  const body =
    ` FROM ${from} WHERE ${[...where, ...(filters.where === '' ? [] : [filters.where])].join(' AND ')}` +
    groupBy(summary, columns) +
    (filters.having === '' ? '' : ` HAVING ${filters.having}`);
  const identity = summary
    ? 'NULL AS id, NULL AS type'
    : isBalance(base)
      ? `NULL AS id, '${base.id}' AS type`
      : `${idOf(scope)} AS id, ${scope.body}.type AS type`;
  const cells = columns.map((column, i) => `, ${column.value} AS v${i}, ${column.text} AS x${i}`).join('');
  const sorts = columns.flatMap((column) =>
    column.sort ? [orderTerm(notPosition(column.sort.sql), column.sort.descending, null)] : [],
  );
  const unsorted = summary
    ? columns.flatMap((column) => (column.group === null ? [] : [notPosition(column.value)]))
    : order;
  const sql = `SELECT ${identity}${cells}${body}${[...sorts, ...unsorted].length > 0 ? ` ORDER BY ${[...sorts, ...unsorted].join(', ')}` : ''} LIMIT :limit OFFSET :offset`;
  return {
    sql,
    countSql: `SELECT count(*) FROM (SELECT ${summary ? 'count(*)' : '1'}${body})`,
    formats: columns.map((column) => column.format),
    summary,
  };
}

/**
 * Searches need Perform Search beside the permission on the records (page section_N664557), over transactions Find Transaction. Whether
 * that holds for every script is not published, so a setting can lift it.
 */
export function requireSearch(account: Account, execution: Execution, kind: string): void {
  if (!settingOf(account, 'searchNeedsPermission', true)) return;
  account.permissions.requirePermission(execution, kind === 'transaction' ? 'TRAN_FIND' : 'LIST_FIND');
}

/** A row about a deleted record bears the id that record had. */
function idOf({ base, body }: SearchScope): string {
  return base.id === 'deletedrecord'
    ? `COALESCE(json_extract(${body}.data, '$.fields.recordid'), ${body}.id)`
    : `${body}.id`;
}

function groupBy(summary: boolean, columns: Compiled[]): string {
  if (!summary) return '';
  const groups = columns.flatMap((column) => (column.group === null ? [] : [notPosition(column.group)]));
  return groups.length > 0 ? ` GROUP BY ${groups.join(', ')}` : '';
}

/** Which rows of transactions a search needs, from a `mainline` filter that all results must meet. */
function lineMode(kind: string, type: string, definition: SearchDefinition): LineMode {
  if (kind !== 'transaction') return 'main';
  const pin = topTerms(definition.filters).find(
    (term) => term.name.toLowerCase() === 'mainline' && !term.join && term.operator.toLowerCase() === 'is',
  );
  if (pin) return /^(t|true)$/i.test(textValue(pin.values[0] ?? null)) ? 'main' : 'lines';
  if (type !== 'opportunity') return 'all';
  const usesLines = [...allTerms(definition.filters), ...definition.columns].some(
    ({ name, join }) => /^(item|quantity|rate|custcol\w*|line\w*)$/i.test(name) || join?.toLowerCase() === 'item',
  );
  return usesLines ? 'lines' : 'main';
}

/** Conditions that all rows or groups must meet. */
function conjuncts(node: FilterNode | null): FilterNode[] {
  if (node === null) return [];
  return 'and' in node ? node.and.flatMap(conjuncts) : [node];
}

function topTerms(node: FilterNode | null): FilterTerm[] {
  if (node === null) return [];
  if ('and' in node) return node.and.flatMap(topTerms);
  return 'name' in node ? [node] : [];
}

function allTerms(node: FilterNode | null): FilterTerm[] {
  if (node === null) return [];
  if ('and' in node) return node.and.flatMap(allTerms);
  if ('or' in node) return node.or.flatMap(allTerms);
  return 'not' in node ? allTerms(node.not) : [node];
}

class SearchCompiler {
  private readonly account: Account;
  private readonly scope: SearchScope;
  private readonly context: CompileContext;
  private readonly present: { now: string; tag: FormulaTag };
  private readonly operators: OperatorContext;
  /** Formulas that sum up rows by themselves. */
  private readonly sums: FormulaField[] = [];

  constructor(account: Account, scope: SearchScope, context: CompileContext, present: SearchCompiler['present']) {
    this.account = account;
    this.scope = scope;
    this.context = context;
    this.present = present;
    this.operators = { account, context, textIndex: (field) => wantTextIndex(account, field) };
  }

  /** Filters with a summary type go to HAVING. Under OR with others, which are about rows and not about groups, they have no meaning. */
  filters(node: FilterNode | null): { where: string; having: string } {
    const parts = conjuncts(node);
    const summed = parts.filter((part) => allTerms(part).some((term) => term.summary));
    const plain = parts.filter((part) => !summed.includes(part));
    if (summed.some((part) => allTerms(part).some((term) => !term.summary)))
      throw unsupportedSearch('A summary filter beside others under OR or NOT');
    const join = (nodes: FilterNode[]): string => nodes.map((part) => this.node(part)).join(' AND ');
    return { where: join(plain), having: join(summed) };
  }

  /** What stands beside an aggregate in a formula must be one of the groups, or it would be the value of some row. */
  requireGrouped(groups: string[]): void {
    for (const formula of this.sums) formula.requireGrouped(new Set(groups));
  }

  column(definition: ColumnDefinition, summary: boolean): Compiled {
    const { field, aggregated } = this.columnField(definition);
    const groups = definition.summary?.toUpperCase() === 'GROUP';
    if (summary && !definition.summary) throw invalidSummary(definition.name);
    if (aggregated && (!summary || groups)) throw invalidSummary(`${definition.name}, an aggregate`);
    const shown = definition.function ? applyFunction(definition.function, field) : field;
    const value = cellSql(shown);
    const text = shown.text ?? 'NULL';
    const descending = definition.sort?.toUpperCase() === 'DESC';
    const sorted = definition.sort !== undefined && /^(ASC|DESC)$/i.test(definition.sort);
    if (!summary || groups) {
      const sort = sorted ? { sql: sortSql(shown), descending } : null;
      const grouped = summary ? [value, text, shown.value.sql] : [];
      return { value, text, format: shown.format, sort, group: summary ? value : null, grouped };
    }
    const result =
      definition.whenorderedby === undefined
        ? summarise(definition, shown, aggregated)
        : this.takenFrom(definition, definition.whenorderedby, shown);
    return {
      value: result.sql,
      text: 'NULL',
      format: result.format,
      sort: sorted ? { sql: result.sql, descending } : null,
      group: null,
      grouped: [],
    };
  }

  /** The value on the row where another field is least (MIN) or greatest (MAX). */
  private takenFrom(column: ColumnDefinition, by: string, shown: SearchField): { sql: string; format: Format } {
    const { name, whenorderedbyjoin: join, summary } = column;
    if (!/^(MIN|MAX)$/i.test(summary ?? '')) throw invalidSummary(name);
    const order = this.columnField({ name: by, ...(join === undefined ? {} : { join }) }).field;
    const value = shown.format === 'select' ? (shown.text ?? cellSql(shown)) : cellSql(shown);
    const format = shown.format === 'select' ? 'text' : shown.format;
    return { sql: `ora_at_${(summary ?? '').toLowerCase()}(${value}, ${order.value.sql})`, format };
  }

  private columnField(definition: ColumnDefinition): { field: SearchField; aggregated: boolean } {
    if (isFormula(definition.name)) {
      if (!definition.formula) throw invalidColumn(definition.name);
      const field = formulaField(this.scope, this.context, definition.name, definition.formula, this.present);
      if (field.aggregated) this.sums.push(field);
      return { field, aggregated: field.aggregated };
    }
    const field = this.scope.field(definition.name, definition.join, 'column');
    if (!field) throw invalidColumn(definition.join ? `${definition.join}.${definition.name}` : definition.name);
    return { field, aggregated: false };
  }

  private node(node: FilterNode): string {
    if ('and' in node)
      return node.and.length === 0 ? '1' : `(${node.and.map((part) => this.node(part)).join(' AND ')})`;
    if ('or' in node) return node.or.length === 0 ? '1' : `(${node.or.map((part) => this.node(part)).join(' OR ')})`;
    // NULL counts as "does not match", so that NOT turns it round.
    if ('not' in node) return `NOT COALESCE(${this.node(node.not)}, 0)`;
    return this.term(node);
  }

  private term(term: FilterTerm): string {
    const field = this.filterField(term);
    const aggregated = 'aggregated' in field && field.aggregated === true;
    if (aggregated && !term.summary) throw unsupportedSearch('An aggregate in the formula of a filter without summary');
    if (!term.summary || term.summary.toUpperCase() === 'GROUP') return filterCondition(this.operators, field, term);
    const result = summarise({ name: term.name, summary: term.summary }, field, aggregated);
    const value: SearchField = {
      value: {
        sql: result.sql,
        type: result.format === 'date' || result.format === 'datetime' ? 'datetime' : 'number',
        constant: false,
      },
      format: result.format,
    };
    return filterCondition(this.operators, value, term);
  }

  private filterField(term: FilterTerm): SearchField {
    if (isFormula(term.name)) {
      if (!term.formula) throw invalidFilter(term.name);
      const field = formulaField(this.scope, this.context, term.name, term.formula, this.present);
      if (field.aggregated) this.sums.push(field);
      return field;
    }
    const name = term.name.toLowerCase();
    const field = this.scope.field(name, term.join, 'filter');
    const shown = term.join ? `${term.join}.${term.name}` : term.name;
    if (!field) throw invalidFilter(shown);
    if (!term.join) this.checkFilter(name, shown, field);
    // Texts are compared as stored, whatever the column shows around them.
    return field.format === 'text' && field.filterSql ? { ...field, value: field.filterSql } : field;
  }

  /** Names that the reference lists as columns only are refused; filters that no stored field answers must not guess. */
  private checkFilter(name: string, shown: string, field: SearchField): void {
    const { base } = this.scope;
    const listed =
      listedField(base.kind === 'transaction' ? 'transaction' : base.id, name) ??
      listedField(base.group ?? base.types[0] ?? '', name);
    if (listed && !listed.filter && !LENIENT.has(name)) throw invalidFilter(shown);
    const meta = this.account.registry.type(base.group ?? base.types[0] ?? '')?.fields[name];
    if (
      listed &&
      !listed.column &&
      !meta &&
      field.value.stored?.index === undefined &&
      field.value.stored?.form === 'multi'
    )
      throw unsupportedSearch(`the filter ${shown}`);
  }
}

/** Listed as columns only, but accepted as filters. */
const LENIENT = new Set(['linesequencenumber', 'altname', 'total', 'taxtotal', 'entitynumber', 'statusref']);

/** The value of a cell: ids as they are stored, everything else in Oracle form. */
function cellSql(field: SearchField): string {
  if (field.format === 'select' && field.value.stored && field.value.stored.form !== 'bool')
    return field.value.stored.sql;
  return field.value.sql;
}

function sortSql(field: SearchField): string {
  if (field.format === 'select' && field.text !== undefined && field.value.type !== 'number')
    return `lower(${field.text})`;
  return field.format === 'text' && field.value.type !== 'number' ? `lower(${asText(field.value)})` : field.value.sql;
}

function summarise(
  { name, summary }: ColumnDefinition,
  field: SearchField,
  aggregated: boolean,
): { sql: string; format: Format } {
  const kind = (summary ?? '').toUpperCase();
  if (aggregated) return { sql: field.value.sql, format: field.format };
  const numeric = ['currency', 'float', 'integer', 'percent'].includes(field.format);
  switch (kind) {
    case 'COUNT':
      return { sql: `count(${cellSql(field)})`, format: 'integer' };
    case 'SUM':
    case 'AVG':
      if (!numeric && field.value.type !== 'number') throw invalidSummary(name);
      return {
        sql: kind === 'SUM' ? `ora_sum(${asNumber(field.value)})` : averageOf(asNumber(field.value)),
        format: field.format === 'integer' && kind === 'AVG' ? 'float' : numeric ? field.format : 'float',
      };
    case 'MIN':
    case 'MAX':
      return {
        sql: `${kind.toLowerCase()}(${field.format === 'select' && field.text !== undefined && field.value.type !== 'number' ? field.text : field.value.sql})`,
        format: field.format === 'select' ? 'text' : field.format,
      };
    default:
      throw invalidSummary(name);
  }
}
