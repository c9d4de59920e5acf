import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { rings, sleep, type Bell } from './bell';
import { openForWriting } from './open-database';
import { packResult, unpackJobs, type JobsMessage } from './messages';
import { toErrorData } from './translate-error';
import { Writer } from './writer';

/** The thread that owns the write connection: no fsync ever stalls the HTTP thread. */
const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread of the embedded store.');

/** Node's own tasks wait for a turn of the event loop; they get one so often. */
const TURN_EVERY_MS = 1_000;

const next = <T>(from: MessagePort): T | undefined =>
  (receiveMessageOnPort(from) as { message: T } | undefined)?.message;

try {
  const { file, checkpoints, bell } = workerData as { file: string; checkpoints: MessagePort; bell: Bell };
  const db = openForWriting(file);
  const writer = new Writer(db, (result) => port.postMessage(packResult(result)));
  let open = true;

  const listen = (): void => {
    for (let message; (message = next<JobsMessage | 'close'>(port));) {
      if (message === 'close') open = false;
      else writer.add(unpackJobs(message));
    }
    // The last part of the WAL, small by now: see `sqlite-checkpoint.entry`.
    while (open && next(checkpoints) !== undefined) {
      try {
        db.pragma('wal_checkpoint(PASSIVE)');
      } catch {
        // Another checkpoint runs: the next one comes in 200 ms.
      }
    }
  };

  const close = (): void => {
    checkpoints.close();
    db.close();
    port.close();
  };

  const serve = (): void => {
    for (const until = performance.now() + TURN_EVERY_MS; performance.now() < until;) {
      const known = rings(bell);
      listen();
      if (!open) return close();
      if (writer.idle) sleep(bell, known, TURN_EVERY_MS);
      else writer.write();
    }
    setImmediate(serve);
  };

  port.postMessage({ kind: 'open' });
  setImmediate(serve);
} catch (error) {
  port.postMessage({
    kind: 'refused',
    error: toErrorData(error),
    reason: error instanceof Error && 'reason' in error ? error.reason : null,
  });
}
