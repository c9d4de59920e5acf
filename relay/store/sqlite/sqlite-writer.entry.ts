import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { openForWriting } from './open-database';
import type { Job } from './run-group';
import { toErrorData } from './translate-error';
import { Writer } from './writer';

/** The thread that owns the write connection: no fsync ever stalls the HTTP thread. */
const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread of the embedded store.');

try {
  const { file, checkpoints } = workerData as { file: string; checkpoints: MessagePort };
  const db = openForWriting(file);
  const writer = new Writer(db, ({ results, work, settled }) => {
    const told = results.map((result) =>
      result.ok ? result : { id: result.id, ok: false, error: toErrorData(result.error) },
    );
    port.postMessage({ kind: 'done', results: told, work, settled });
  });
  port.on('message', (message: { kind: 'jobs'; jobs: Job[] } | { kind: 'close' }) => {
    if (message.kind === 'jobs') writer.add(message.jobs);
    else {
      checkpoints.close();
      db.close();
      port.postMessage({ kind: 'closed' });
      port.close();
    }
  });
  // The last part of the WAL, small by now: see `sqlite-checkpoint.entry`.
  checkpoints.on('message', () => {
    try {
      db.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // Another checkpoint runs: the next one comes in 200 ms.
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
