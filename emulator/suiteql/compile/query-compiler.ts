import type { Catalog } from '../catalog/find-table';
import type { Table } from '../catalog/table';
import type { Body, Expr, OrderTerm, Query } from '../syntax/ast';
import { invalidValue, syntaxError, tableNotFound, unknownIdentifier, unsupported } from '../syntax/errors';
import { orderTerm } from './aggregates';
import { asNumber, commonType } from './coerce';
import type { CompileContext } from './context';
import { compileExpression } from './expression';
import type { Scope } from './scope';
import { compileSelect } from './select';
import { isDate, type OutputColumn, type Sql } from './sql';

export interface CompiledQuery {
  sql: string;
  columns: OutputColumn[];
  /** It has a limit of its own, so another one needs a query around it. */
  limited: boolean;
}

interface Cte {
  name: string;
  columns: (OutputColumn & { sql: string })[];
}

export interface CompilerOptions {
  /** Record types of those that the role may view. */
  visible(types: string[]): string[];
  /** Restriction to the rows of `alias` that the role may see; null when it may see all. */
  ownRows(types: string[], alias: string): string | null;
  now(): string;
  allowWith: boolean;
}

const EVERY_ROW = ' LIMIT -1';

/** Compiles whole queries; expressions and SELECTs call back into it. */
export class QueryCompiler {
  readonly context: CompileContext;
  readonly catalog: Catalog;
  private readonly options: CompilerOptions;
  private readonly ctes: Map<string, Cte>[] = [];

  constructor(catalog: Catalog, context: CompileContext, options: CompilerOptions) {
    this.catalog = catalog;
    this.context = context;
    this.options = options;
  }

  /** `keepOrder`: the rows feed another query that may count them (ROWNUM), so their order must not be optimised away. */
  compileQuery(
    query: Query,
    parent: Scope | null,
    options: { keepOrder?: boolean; tail?: string } = {},
  ): CompiledQuery {
    const withClause = this.openCtes(query, parent);
    try {
      const compiled = this.compileSorted(query, parent, options);
      return { ...compiled, sql: withClause + compiled.sql };
    } finally {
      this.ctes.pop();
    }
  }

  expression(scope: Scope, expr: Expr): Sql {
    return compileExpression(
      {
        context: this.context,
        column: (table, name) => scope.column(table, name),
        field: (path) => {
          throw unknownIdentifier(`{${path}}`);
        },
        subquery: (query, tail) => this.compileQuery(query, scope, tail === undefined ? {} : { tail }),
        now: () => this.options.now(),
        rowNumber: () => 'row_number() OVER ()',
      },
      expr,
    );
  }

  cte(name: string): Cte | undefined {
    for (let i = this.ctes.length - 1; i >= 0; i--) {
      const found = this.ctes[i]?.get(name.toLowerCase());
      if (found) return found;
    }
    return undefined;
  }

  /** Types of the table that the role may see; none at all means that the record does not exist for it. */
  visibleTypes(table: Table, name: string): string[] {
    const types = this.options.visible(table.types);
    // A list of the platform has no records that a role may not see.
    if (types.length === 0 && table.types.length > 0) throw tableNotFound(name);
    this.context.tables.set(table.label, table.types);
    return types;
  }

  /** What restricts the rows of a table: what it is, and whose rows the role sees. */
  restriction(table: Table, alias: string, types: string[]): string | null {
    const both = [table.where(alias, types), this.options.ownRows(types, alias)].filter((part) => part !== null);
    return both.length === 0 ? null : both.join(' AND ');
  }

  private openCtes(query: Query, parent: Scope | null): string {
    const known = new Map<string, Cte>();
    this.ctes.push(known);
    const parts: string[] = [];
    for (const { name, columns, query: body } of query.ctes) {
      // "You can't use WITH clauses in your queries" (article_0824094533), though accounts run them.
      if (!this.options.allowWith) throw unsupported('WITH');
      const compiled = this.compileQuery(body, parent, { keepOrder: true });
      const alias = `with_${this.context.alias()}`;
      if (columns.length > 0 && columns.length !== compiled.columns.length)
        throw syntaxError(`WITH ${name} names ${columns.length} columns, its query has ${compiled.columns.length}`);
      known.set(name.toLowerCase(), {
        name: alias,
        columns: compiled.columns.map((column, i) => ({
          ...column,
          name: columns[i]?.toLowerCase() ?? column.name,
          sql: `c${i}`,
        })),
      });
      parts.push(`${alias} AS (${compiled.sql})`);
    }
    return parts.length > 0 ? `WITH ${parts.join(', ')} ` : '';
  }

  private compileSorted(
    query: Query,
    parent: Scope | null,
    options: { keepOrder?: boolean; tail?: string },
  ): CompiledQuery {
    const own = this.limitOf(query, parent);
    const keep = options.keepOrder && query.orderBy.length > 0 ? EVERY_ROW : '';
    const tail = own ?? options.tail ?? keep;
    const compiled = this.compileBody(query.body, parent, query.orderBy, tail);
    const limited = compiled.limited || own !== null;
    if (limited && options.tail !== undefined)
      return { ...compiled, sql: `SELECT * FROM (${compiled.sql})${options.tail}`, limited };
    return { ...compiled, limited };
  }

  private limitOf(query: Query, parent: Scope | null): string | null {
    if (query.fetch === null && query.offset === null) return null;
    const count = (expr: Expr | null, otherwise: string): string => {
      if (expr === null) return otherwise;
      const value = compileExpression(
        {
          context: this.context,
          column: (table, name) => (parent ? parent.column(table, name) : this.noColumn(name)),
          field: (path) => this.noColumn(path),
          subquery: (inner) => this.compileQuery(inner, parent),
          now: () => this.options.now(),
          rowNumber: () => this.noColumn('ROWNUM'),
        },
        expr,
      );
      return `max(0, CAST(COALESCE(${asNumber(value)}, 0) AS INTEGER))`;
    };
    return ` LIMIT ${count(query.fetch, '-1')} OFFSET ${count(query.offset, '0')}`;
  }

  private noColumn(name: string): never {
    throw unknownIdentifier(name);
  }

  private compileBody(body: Body, parent: Scope | null, orderBy: OrderTerm[], tail: string): CompiledQuery {
    if (body.kind === 'select') return compileSelect(this, body, parent, orderBy, tail);
    if (body.kind === 'nested') {
      const inner = this.compileQuery(body.query, parent, { keepOrder: true });
      return {
        ...inner,
        sql: `SELECT * FROM (${inner.sql})${outputOrder(orderBy, inner.columns)}${tail}`,
        limited: false,
      };
    }
    const left = this.operand(body.left, parent);
    const right = this.operand(body.right, parent);
    if (left.columns.length !== right.columns.length)
      throw invalidValue('ORA-01789: query block has incorrect number of result columns');
    const columns = left.columns.map((column, i) => unionColumn(column, right.columns[i] as OutputColumn));
    const op = body.op === 'MINUS' ? 'EXCEPT' : body.op;
    return { sql: `${left.sql} ${op} ${right.sql}${outputOrder(orderBy, columns)}${tail}`, columns, limited: false };
  }

  private operand(body: Body, parent: Scope | null): CompiledQuery {
    const compiled = this.compileBody(body, parent, [], '');
    // SQLite knows no parentheses here, and no LIMIT inside an operand.
    return body.kind === 'select' && !compiled.limited && !/ LIMIT /.test(compiled.sql)
      ? compiled
      : { ...compiled, sql: `SELECT * FROM (${compiled.sql})` };
  }
}

/** Types that hold values of any kind: ids of lists may be numbers or text, and nobody has declared `any`. */
const isLoose = (type: OutputColumn['type']): boolean => type === 'null' || type === 'any' || type === 'key';

function unionColumn(left: OutputColumn, right: OutputColumn): OutputColumn {
  const differ = (is: (type: OutputColumn['type']) => boolean): boolean =>
    is(left.type) !== is(right.type) && !isLoose(left.type) && !isLoose(right.type);
  if (differ(isDate) || differ((type) => type === 'number'))
    throw invalidValue('ORA-01790: expression must have same datatype as corresponding expression');
  const plain = ({ type }: OutputColumn): Sql => ({ sql: '', type, constant: false });
  const type = commonType([plain(left), plain(right)]);
  const shown = [left, right].filter((column) => column.type !== 'null');
  const same = shown.every(({ shows, target }) => shows === shown[0]?.shows && target === shown[0]?.target);
  return { ...(shown[0] ?? left), ...(same ? {} : { shows: 'row' }), name: left.name, type };
}

/** ORDER BY behind UNION and the like sees the columns of the result only. */
function outputOrder(orderBy: OrderTerm[], columns: OutputColumn[]): string {
  if (orderBy.length === 0) return '';
  const terms = orderBy.map((term) => {
    const { expr } = term;
    const index =
      expr.kind === 'literal' && typeof expr.value === 'number'
        ? expr.value - 1
        : expr.kind === 'column'
          ? columns.findIndex((column) => column.name === expr.name.toLowerCase())
          : -1;
    if (index < 0 || index >= columns.length)
      throw invalidValue('ORA-01785: ORDER BY item must be the number or name of a SELECT-list expression');
    return orderTerm(String(index + 1), term.descending, term.nulls);
  });
  return ` ORDER BY ${terms.join(', ')}`;
}
