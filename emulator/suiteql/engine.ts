import { settingOf } from '../kernel/setting-of';
import { ownRowsCondition } from '../permissions/own-rows';
import type { Database, Statement } from 'better-sqlite3';
import type { Account, Execution } from '../kernel/types';
import { type Catalog, createCatalog } from './catalog/find-table';
import { CompileContext, convert, type ParamValue, type Slot, type SlotForm } from './compile/context';
import { QueryCompiler } from './compile/query-compiler';
import type { OutputColumn } from './compile/sql';
import { instantToCivil } from './oracle/civil';
import { formatDate } from './oracle/date-format';
import { type OracleSettings, registerOracleFunctions } from './oracle/register';
import { seedPlannerStatistics } from './planner-statistics';
import { invalidValue, unsupported } from './syntax/errors';
import { parseSuiteQl } from './syntax/parse';
import { indexComputed } from './index-computed';

export type Param = string | number | boolean | null;
export type Cell = string | number | null;
export interface Rows {
  columns: OutputColumn[];
  rows: Cell[][];
}

interface Prepared {
  statement: Statement;
  count: Statement | null;
  countSql: string;
  columns: OutputColumn[];
  slots: Slot[];
  tables: [string, string[], string][];
}

const CACHE_SIZE = 300;

/** SuiteQL over one account: parsed, compiled and prepared statements are kept. */
export class SuiteQlEngine {
  readonly catalog: Catalog;
  private readonly account: Account;
  private readonly db: Database;
  private readonly cache = new Map<string, Prepared>();

  constructor(account: Account) {
    this.account = account;
    this.db = account.store.db;
    registerOracleFunctions(this.db, oracleSettings(account));
    seedPlannerStatistics(this.db);
    this.catalog = createCatalog({
      registry: account.registry,
      acceptUnknownCustom: () => account.settings.unknownCustomFields === 'accept',
      lineSigns: () => settingOf(account, 'suiteqlLineSigns', true),
    });
  }

  /** Rows `offset` … `offset + limit - 1` of the result. */
  run(execution: Execution, sql: string, params: Param[], limit: number, offset = 0): Rows {
    const prepared = this.prepare(execution, sql, params);
    const bound = { ...this.bind(prepared, params), limit, offset };
    const rows = namingLimits(() => prepared.statement.raw().all(bound) as Cell[][]);
    return { columns: prepared.columns, rows: this.present(prepared.columns, rows) };
  }

  count(execution: Execution, sql: string, params: Param[]): { count: number; columns: OutputColumn[] } {
    const prepared = this.prepare(execution, sql, params);
    const count = (prepared.count ??= this.db.prepare(prepared.countSql).pluck());
    const bound = { ...this.bind(prepared, params), limit: -1, offset: 0 };
    return { count: namingLimits(() => count.get(bound) as number), columns: prepared.columns };
  }

  /** How SQLite will run a query, one line a step: which index serves which table. */
  explain(execution: Execution, sql: string, params: Param[]): string[] {
    const { statement } = this.prepare(execution, sql, params);
    const bound = { ...this.bind(this.prepare(execution, sql, params), params), limit: 1, offset: 0 };
    const steps = this.db.prepare(`EXPLAIN QUERY PLAN ${statement.source}`).all(bound) as { detail: string }[];
    return steps.map((step) => step.detail);
  }

  private prepare(execution: Execution, sql: string, params: Param[]): Prepared {
    const types = params.map((value) =>
      value === null || value === '' ? 'null' : typeof value === 'number' ? 'number' : 'text',
    );
    const key = `${this.cacheScope()}\n${types.join(',')}\n${sql}`;
    const known = this.cache.get(key);
    if (known && known.tables.every(([, all, seen]) => this.seen(execution, all) === seen)) return known;
    const prepared = namingLimits(() => this.compile(execution, sql, types, params.length));
    if (this.cache.size >= CACHE_SIZE) this.cache.delete(this.cache.keys().next().value as string);
    this.cache.set(key, prepared);
    return prepared;
  }

  /** Settings that change what a statement compiles to. */
  private cacheScope(): string {
    const { settings } = this.account;
    return [
      settings.unknownCustomFields,
      settingOf(this.account, 'suiteqlLineSigns', true),
      settingOf(this.account, 'suiteqlWith', true),
      this.civilNow().slice(0, 10),
    ].join();
  }

  private compile(execution: Execution, sql: string, types: ('null' | 'number' | 'text')[], given: number): Prepared {
    const { query, paramCount } = parseSuiteQl(sql);
    if (paramCount !== given)
      throw invalidValue(`the query has ${paramCount} parameters (?), ${given} values were given`);
    const context = new CompileContext(types);
    const compiler = new QueryCompiler(this.catalog, context, {
      visible: (all) => this.visible(execution, all),
      ownRows: (all, alias) => ownRowsCondition(this.account, execution, all, alias),
      now: () => this.civilNow(),
      allowWith: settingOf(this.account, 'suiteqlWith', true),
    });
    const compiled = compiler.compileQuery(query, null, { tail: ' LIMIT :limit OFFSET :offset' });
    for (const index of context.indexes.values())
      this.account.store.ensureIndex(index.type, index.field, index.sublist);
    indexComputed(this.account.store, context.computed);
    for (const [expression, sublist] of context.computedLines)
      this.account.store.ensureComputedIndex(expression, sublist);
    return {
      statement: this.db.prepare(compiled.sql),
      count: null,
      countSql: `SELECT count(*) FROM (${compiled.sql})`,
      columns: compiled.columns,
      slots: context.slots,
      tables: [...context.tables].map(([label, all]) => [label, all, this.seen(execution, all)]),
    };
  }

  private visible(execution: Execution, types: string[]): string[] {
    return visibleTypes(this.account, execution, types);
  }

  /** What a compiled statement depends on of the role and the user. */
  private seen(execution: Execution, types: string[]): string {
    return `${this.visible(execution, types).join()} ${ownRowsCondition(this.account, execution, types, '') ?? ''}`;
  }

  private bind(prepared: Prepared, params: Param[]): Record<string, ParamValue> {
    const bound: Record<string, ParamValue> = { now: this.civilNow() };
    const read = (value: Param | undefined, form: SlotForm): ParamValue =>
      value === null || value === undefined || value === ''
        ? null
        : convert(typeof value === 'boolean' ? (value ? 'T' : 'F') : value, form);
    prepared.slots.forEach(({ source, form, list }, i) => {
      bound[`p${i}`] = list
        ? JSON.stringify(list.map((item) => read('param' in item ? params[item.param] : item.literal, form)))
        : read(params[source], form);
    });
    return bound;
  }

  private civilNow(): string {
    return civilNowOf(this.account);
  }

  /** Dates as the account writes them (without a time: that takes TO_CHAR), numbers without the dust of binary fractions. */
  private present(columns: OutputColumn[], rows: Cell[][]): Cell[][] {
    const format = this.account.settings.dateFormat;
    columns.forEach(({ type }, i) => {
      if (type === 'date' || type === 'datetime') {
        for (const row of rows) if (typeof row[i] === 'string') row[i] = formatDate(row[i], format);
      } else if (type === 'number') {
        for (const row of rows)
          if (typeof row[i] === 'number' && !Number.isInteger(row[i])) row[i] = Number(row[i].toPrecision(15));
      }
    });
    return rows;
  }
}

/** What SQLite can't do is something that this account lacks, so it is refused by name as all else is. */
function namingLimits<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (code === 'SQLITE_ERROR') throw unsupported(message);
    if (error instanceof RangeError && /call stack/.test(message))
      throw unsupported('a query that is nested this deep');
    throw error;
  }
}

export const zoneOf = (account: Account): string => account.settings.timeZone || 'America/Los_Angeles';

const civilNowOf = (account: Account): string =>
  instantToCivil(new Date(account.clock.now()).toISOString(), zoneOf(account));

export function oracleSettings(account: Account): OracleSettings {
  return {
    timeZone: () => zoneOf(account),
    dateFormat: () => account.settings.dateFormat,
    now: () => civilNowOf(account),
  };
}

/** Record types that the execution's role may view. */
export function visibleTypes(account: Account, execution: Execution, types: string[]): string[] {
  return types.filter((type) => {
    try {
      account.permissions.requireRecord(execution, type, 'view');
      return true;
    } catch {
      return false;
    }
  });
}

const engines = new WeakMap<Database, SuiteQlEngine>();

/** The account's engine, made at first use. */
export function suiteQl(account: Account): SuiteQlEngine {
  let engine = engines.get(account.store.db);
  if (!engine) engines.set(account.store.db, (engine = new SuiteQlEngine(account)));
  return engine;
}
