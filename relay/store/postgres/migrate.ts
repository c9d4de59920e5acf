import type { ClientBase } from 'pg';
import { MIGRATIONS, SCHEMA_VERSION, toPostgres } from '../core/schema';
import { StoreRefused } from '../errors';
import { LOCK_CLASS } from './lock-names';

const MIGRATION_LOCK = -1;

/** Brings the schema up to date; of several relays that start together one does it and the others wait. */
export async function migrate(client: ClientBase, schema: string): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1::int, $2::int)', [LOCK_CLASS, MIGRATION_LOCK]);
  try {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await client.query('CREATE TABLE IF NOT EXISTS schema_version(version int NOT NULL)');
    const found = await client.query<{ version: number | null }>('SELECT max(version) AS version FROM schema_version');
    const version = found.rows[0]?.version ?? 0;
    if (version > SCHEMA_VERSION)
      throw new StoreRefused(
        'newer-schema',
        `The database has schema ${version}; this program knows ${SCHEMA_VERSION}. Start the newer program.`,
      );
    for (const migration of MIGRATIONS.filter((one) => one.version > version)) await apply(client, migration);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1::int, $2::int)', [LOCK_CLASS, MIGRATION_LOCK]);
  }
}

async function apply(client: ClientBase, migration: (typeof MIGRATIONS)[number]): Promise<void> {
  await client.query('BEGIN');
  try {
    for (const statement of migration.statements)
      if (!statement.startsWith('CREATE TABLE sequence(')) await client.query(toPostgres(statement));
    if (migration.version === 1)
      for (const name of ['op', 'request', 'batch']) await client.query(`CREATE SEQUENCE seq_${name}`);
    await client.query('INSERT INTO schema_version VALUES($1)', [migration.version]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** A server that answers before data are on disk would turn a 202 into a lie. */
export async function checkSettings(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync','full_page_writes','synchronous_commit')`,
  );
  const off = rows.filter(({ setting }) => setting === 'off').map(({ name }) => name);
  if (off.length > 0)
    throw new StoreRefused(
      'unsafe-settings',
      `PostgreSQL runs with ${off.join(', ')} = off: what it acknowledges can be lost. Turn it on.`,
    );
}
