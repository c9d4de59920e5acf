import type { Database, Statement } from 'better-sqlite3';
import type { Account, Execution } from '../kernel/types';
import { suiteQl, zoneOf } from '../suiteql/engine';
import { instantToCivil } from '../suiteql/oracle/civil';
import { formatDate, formatTime } from '../suiteql/oracle/date-format';
import { numberToText } from '../suiteql/oracle/numbers';
import { compileSearch } from './compile-search';
import { unsupportedSearch } from './errors';
import { MANY_TEXTS } from './fields';
import type { CellValue, Format, SearchDefinition, SearchResultSet, SearchRow } from './types';

type Raw = string | number | null;

/** Rows `offset` … `offset + limit - 1` of a search, as scripts see them. Charges nothing. */
export function runSearch(
  account: Account,
  execution: Execution,
  definition: SearchDefinition,
  limit: number,
  offset = 0,
): SearchResultSet {
  suiteQl(account);
  const compiled = compileSearch(account, execution, definition);
  const bound = { limit, offset, now: civilNow(account) };
  const rows = prepare(account.store.db, compiled.sql).raw().all(bound) as Raw[][];
  const { dateFormat } = account.settings;
  return {
    columns: definition.columns.map((column, i) => ({ ...column, format: compiled.formats[i] ?? 'text' })),
    rows: rows.map((row) => toRow(row, compiled.formats, dateFormat)),
  };
}

export function countSearch(account: Account, execution: Execution, definition: SearchDefinition): number {
  suiteQl(account);
  const compiled = compileSearch(account, execution, definition);
  return prepare(account.store.db, compiled.countSql)
    .pluck()
    .get({ now: civilNow(account) }) as number;
}

export const civilNow = (account: Account): string =>
  instantToCivil(new Date(account.clock.now()).toISOString(), zoneOf(account));

const CACHE_SIZE = 200;
const statements = new WeakMap<Database, Map<string, Statement>>();

export function prepare(db: Database, sql: string): Statement {
  let cache = statements.get(db);
  if (!cache) statements.set(db, (cache = new Map<string, Statement>()));
  let statement = cache.get(sql);
  if (!statement) {
    if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value as string);
    cache.set(sql, (statement = namingLimits(db, sql)));
  }
  return statement;
}

/** What SQLite can't do is something that this account lacks. */
function namingLimits(db: Database, sql: string): Statement {
  try {
    return db.prepare(sql);
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    throw code === 'SQLITE_ERROR' ? unsupportedSearch(`This formula or summary (${message})`) : error;
  }
}

function toRow(row: Raw[], formats: Format[], dateFormat: string): SearchRow {
  const values = formats.map((format, i): CellValue =>
    cell(row[2 + 2 * i] ?? null, row[3 + 2 * i] ?? null, format, dateFormat),
  );
  return { id: row[0] === null ? null : String(row[0]), recordType: row[1] === null ? null : String(row[1]), values };
}

/** Text columns hold at most 4,000 bytes (section_N3352288). */
const MAX_TEXT = 4000;

function cell(value: Raw, text: Raw, format: Format, dateFormat: string): CellValue {
  if (format === 'checkbox') return [value === 'T', null];
  if (value === null) return ['', format === 'select' || format === 'multi' ? '' : null];
  switch (format) {
    case 'select':
      return [String(value), text === null ? '' : String(text)];
    case 'multi':
      return manyCell(String(value).replaceAll(', ', ','), text === null ? '' : String(text));
    case 'date':
      return [formatDate(String(value), dateFormat), null];
    case 'datetime':
      return [`${formatDate(String(value), dateFormat)} ${formatTime(String(value))}`, null];
    case 'currency':
      return [typeof value === 'number' ? moneyText(value) : value, null];
    case 'percent':
      return [
        typeof value === 'number' ? `${Number.isInteger(value) ? value.toFixed(1) : numberToText(value)}%` : value,
        null,
      ];
    case 'float':
    case 'integer':
      return [typeof value === 'number' ? numberToText(value) : value, null];
    default:
      return [typeof value === 'number' ? numberToText(value) : truncate(value), null];
  }
}

function manyCell(values: string, text: string): CellValue {
  const texts = text.split(MANY_TEXTS);
  return [values, texts.join(','), texts];
}

/** Amounts have two decimals and no leading zero: `.00`, `.50`, `-.05`, as public captures of search results show them. */
const moneyText = (value: number): string =>
  (Math.round(value * 100 + Math.sign(value) * 1e-7) / 100)
    .toFixed(2)
    .replace(/^(-?)0\./, '$1.')
    .replace(/^-\.00$/, '.00');

function truncate(text: string): string {
  if (text.length <= MAX_TEXT / 4) return text;
  const bytes = Buffer.from(text);
  return bytes.length <= MAX_TEXT
    ? text
    : bytes
        .subarray(0, MAX_TEXT)
        .toString()
        .replace(/\ufffd+$/, '');
}
