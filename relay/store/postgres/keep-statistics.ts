import type { Pool } from 'pg';

/** Between two looks at the tables, in ms. */
const LOOK_MS = 5_000;

/**
 * Keeps PostgreSQL's knowledge of the tables fresh. A statement planned when a table was empty, or when nearly all rows were ready, must
 * not keep that plan when there are a million of them, or when nearly all are done; the server's own look comes a minute later and after
 * a tenth of the rows. A sample of 3,000 rows is enough to tell which index to use, takes some 30 ms and locks nobody out.
 */
const GROWN = `SELECT relname AS name FROM pg_stat_user_tables
  WHERE schemaname=current_schema() AND n_mod_since_analyze > 500 + n_live_tup / 5`;

export class StatisticsKeeper {
  readonly #pool: Pool;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      // The next look or the server's own makes up for one that fails.
      this.#looking = this.look().then(
        () => this.#again(),
        () => this.#again(),
      );
    }, LOOK_MS);
    this.#timer.unref();
  }

  /** Answers the tables that were looked at anew. */
  async look(): Promise<string[]> {
    const client = await this.#pool.connect();
    try {
      const { rows } = await client.query<{ name: string }>(GROWN);
      if (rows.length === 0) return [];
      await client.query('SET default_statistics_target=10');
      for (const { name } of rows) await client.query(`ANALYZE ${name}`);
      await client.query('RESET default_statistics_target');
      return rows.map(({ name }) => name);
    } finally {
      client.release();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }

  #again(): void {
    if (!this.#closed) this.start();
  }
}
