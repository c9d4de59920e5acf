import { setTimeout } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';

/** Its answer was lost, and the server could not be asked since: done again, it might be done twice. */
export class CommitUnknown extends Error {
  constructor(cause: unknown) {
    super('The connection ended during a commit, and whether it was carried out is not known.', { cause });
    this.name = 'CommitUnknown';
  }
}

/** How long a server that went away is waited for, and a commit that is still under way. In ms. */
const WITHIN_MS = 10_000;
const AGAIN_MS = 200;

/**
 * What became of a transaction whose commit was sent and never answered: the server knows of each (PostgreSQL's documentation,
 * `pg_xact_status`, by its older name `txid_status`).
 */
export async function commitOutcome(
  pool: Pool,
  xid: string,
  withinMs = WITHIN_MS,
): Promise<'committed' | 'aborted' | 'unknown'> {
  for (const until = Date.now() + withinMs; ;) {
    const status = await ask(pool, xid);
    if (status === 'committed' || status === 'aborted') return status;
    if (Date.now() >= until) return 'unknown';
    await setTimeout(AGAIN_MS);
  }
}

async function ask(pool: Pool, xid: string): Promise<string | null> {
  let client: PoolClient | undefined;
  let failed = true;
  try {
    client = await pool.connect();
    const { rows } = await client.query<{ status: string | null }>('SELECT txid_status($1::bigint) AS status', [xid]);
    failed = false;
    return rows[0]?.status ?? null;
  } catch {
    return null;
  } finally {
    client?.release(failed);
  }
}
