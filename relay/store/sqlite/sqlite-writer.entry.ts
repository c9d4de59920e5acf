import { parentPort, workerData } from 'node:worker_threads';
import { openForWriting } from './open-database';
import type { Job } from './run-group';
import { toErrorData } from './translate-error';
import { Writer } from './writer';

/** The thread that owns the write connection: no fsync ever stalls the HTTP thread. */
const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread of the embedded store.');

try {
  const db = openForWriting((workerData as { file: string }).file);
  const writer = new Writer(db, ({ results, work, settled }) => {
    const told = results.map((result) =>
      result.ok ? result : { id: result.id, ok: false, error: toErrorData(result.error) },
    );
    port.postMessage({ kind: 'done', results: told, work, settled });
  });
  port.on('message', (message: { kind: 'jobs'; jobs: Job[] } | { kind: 'close' }) => {
    if (message.kind === 'jobs') writer.add(message.jobs);
    else {
      db.close();
      port.postMessage({ kind: 'closed' });
      port.close();
    }
  });
  port.postMessage({ kind: 'open' });
} catch (error) {
  port.postMessage({
    kind: 'refused',
    error: toErrorData(error),
    reason: error instanceof Error && 'reason' in error ? error.reason : null,
  });
}
