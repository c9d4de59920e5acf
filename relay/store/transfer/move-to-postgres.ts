import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { Client } from 'pg';
import { tableColumns } from '../core/schema';
import { StoreRefused } from '../errors';
import { checkSettings, migrate } from '../postgres/migrate';
import { translateError } from '../postgres/translate-error';
import { runScript } from '../postgres/run-script';
import { insert, type Cell } from '../core/script';
import { lockStore } from '../sqlite/lock-file';
import { markMoved, markMoving, MOVING, movingMark, openForWriting, unmarkMoving } from '../sqlite/open-database';
import { storeFile } from '../sqlite/open-sqlite-store';

/** Rows of one statement, and characters from which on it goes: a list of PostgreSQL holds a gigabyte at most, and stands in memory as a whole. */
const STEP = 1_000;
const STEP_LENGTH = 16_000_000;
/** Tables that say what the target was set up for, not what it holds: replaced. */
const SET_UP = ['gate', 'slot', 'lane', 'share'];

export interface Move {
  /** Folder or file of the embedded store. */
  from: string;
  connectionString: string;
  schema?: string;
}

export interface Moved {
  /** Rows by table, the same on both sides. */
  rows: Record<string, number>;
}

/**
 * Moves everything an embedded store holds into an empty PostgreSQL store, in one transaction: operations with attempts and history,
 * idempotency keys, cross-reference, shadows, cursors, dead letters, slots with the leases of calls that may still be under way, and the
 * numbers from which ids go on. The embedded store is kept as it is, marked so that no relay works it off again.
 * Throws `StoreRefused` while a relay uses the source, or when the target is not empty. Nothing is half-moved: the source is marked before, the mark
 * arrives with the contents, and a move that was cut off opens no relay on the source until the same move, made again, has found out what became of it.
 */
export async function moveToPostgres({ from, connectionString, schema = 'suiterelay' }: Move): Promise<Moved> {
  const file = storeFile(from);
  if (!existsSync(file)) throw new StoreRefused('missing', `There is no store at ${file}.`);
  const unlock = lockStore(file);
  try {
    const source = openForWriting(file, true);
    const client = new Client({ connectionString, options: `-c search_path=${schema}` });
    // A connection that ends is told by the query that it ends.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await checkSettings(client);
      await migrate(client, schema);
      const rows = (await arrivedBefore(source, client)) ? countAll(source) : await move(source, client);
      markMoved(source, withoutPassword(connectionString));
      return { rows };
    } catch (error) {
      throw error instanceof StoreRefused ? error : translateError(error);
    } finally {
      await client.end().catch(() => undefined);
      source.close();
    }
  } finally {
    unlock();
  }
}

async function move(source: Database, client: Client): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  markMoving(source, randomUUID());
  try {
    await client.query('BEGIN');
    await refuseFilled(client);
    for (const table of contents()) {
      await copyTable(source, client, table, [...(tableColumns().get(table)?.keys() ?? [])]);
      rows[table] = await verify(source, client, table);
    }
    await client.query(LAST_VERSIONS);
    await setSequences(source, client);
  } catch (error) {
    unmarkMoving(source);
    throw error;
  }
  // From here on an error does not tell what became of it: the mark stays.
  await client.query('COMMIT');
  return rows;
}

/** Whether a move that was cut off had been committed: its mark is in the target, then. */
async function arrivedBefore(source: Database, client: Client): Promise<boolean> {
  const mark = movingMark(source);
  if (mark === undefined) return false;
  const { rowCount } = await client.query('SELECT 1 FROM cursor_position WHERE name=$1 AND value=$2', [MOVING, mark]);
  return rowCount === 1;
}

const contents = (): string[] => [...tableColumns().keys()].filter((table) => table !== 'sequence');

const countAll = (source: Database): Record<string, number> =>
  Object.fromEntries(contents().map((table) => [table, countHere(source, table)]));

/** The mark of the move itself is no content. */
const counting = (table: string): string =>
  `SELECT COUNT(*) AS n FROM ${table}${table === 'cursor_position' ? ` WHERE name<>'${MOVING}'` : ''}`;

const countHere = (source: Database, table: string): number =>
  (source.prepare(counting(table)).get() as { n: number }).n;

/** PostgreSQL counts the versions of each record by itself: from the last one that was given. */
const LAST_VERSIONS = `UPDATE rec SET last_version=o.version FROM (SELECT rkey, max(version) AS version FROM op GROUP BY rkey) o
  WHERE rec.rkey=o.rkey AND COALESCE(rec.last_version,'')<o.version`;

/** Held until the end: a relay that runs on the target waits meanwhile. */
async function refuseFilled(client: Client): Promise<void> {
  const tables = contents();
  await client.query(`LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  await client.query(`DELETE FROM cursor_position WHERE name LIKE 'store:%'`);
  for (const table of tables.filter((name) => !SET_UP.includes(name) && name !== 'tally')) {
    if ((await client.query(`SELECT 1 FROM ${table} LIMIT 1`)).rowCount === 0) continue;
    throw new StoreRefused(
      'not-empty',
      `The PostgreSQL store holds rows in ${table} already. Move into an empty one: another database, or another schema.`,
    );
  }
  for (const table of SET_UP) await client.query(`DELETE FROM ${table}`);
}

async function copyTable(source: Database, client: Client, table: string, columns: string[]): Promise<void> {
  const rows = source.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).raw();
  let step: Cell[][] = [];
  let length = 0;
  const write = async (): Promise<void> => {
    await runScript(client, insert(table, columns, step));
    step = [];
    length = 0;
  };
  for (const row of rows.iterate() as IterableIterator<Cell[]>) {
    step.push(row);
    for (const cell of row) if (typeof cell === 'string') length += cell.length;
    if (step.length >= STEP || length >= STEP_LENGTH) await write();
  }
  await write();
}

/** Counts both sides; a difference undoes the whole move. */
async function verify(source: Database, client: Client, table: string): Promise<number> {
  const here = countHere(source, table);
  const there = Number((await client.query<{ n: string }>(counting(table))).rows[0]?.n);
  if (here !== there) throw new Error(`Table ${table}: ${here} rows here, ${there} arrived. Nothing was moved.`);
  return here;
}

async function setSequences(source: Database, client: Client): Promise<void> {
  const rows = source.prepare(`SELECT name, n FROM sequence WHERE name<>'version'`).all() as {
    name: string;
    n: number;
  }[];
  for (const { name, n } of rows) await client.query('SELECT setval($1, $2)', [`seq_${name}`, n]);
}

/** For people: where the contents went, without what nobody should read. */
function withoutPassword(connectionString: string): string {
  try {
    const url = new URL(connectionString);
    return `postgres://${url.host}${url.pathname}`;
  } catch {
    return 'PostgreSQL';
  }
}
