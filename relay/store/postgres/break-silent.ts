import type { Client, Pool, PoolClient } from 'pg';
import type { Socket } from 'node:net';

/** Finds a half-open connection that only listens, or that nobody uses for now. */
export const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };

/**
 * Ends connections on which an answer is waited for and nothing comes. A half-open one (the server's machine is gone, a firewall forgot it)
 * breaks by itself only when the system gives up sending, after a quarter of an hour; who waits for it would wait as long.
 */
export function breakSilent(pool: Pool, answerMs: number): void {
  const used = new WeakMap<object, boolean>();
  pool.on('acquire', (client) => {
    if (!used.has(client)) watch(client);
    used.set(client, true);
  });
  pool.on('release', (_error, client) => used.set(client, false));

  // Counted from the last byte either way; again with each statement.
  const watch = (client: PoolClient): void => {
    const stream = streamOf(client);
    stream.setTimeout(answerMs, () => {
      if (!used.get(client)) return;
      stream.destroy(Object.assign(new Error(`No answer came for ${answerMs} ms.`), { code: 'ETIMEDOUT' }));
    });
  };
}

/** Says goodbye, and leaves when it is not returned. */
export async function endInTime(client: Client, ms: number): Promise<void> {
  const stream = streamOf(client);
  stream.setTimeout(ms, () => stream.destroy());
  await client.end();
}

const streamOf = (client: Client | PoolClient): Socket =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream;
