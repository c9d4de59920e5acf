import type { Database } from 'better-sqlite3';
import { closeSync, existsSync, openSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Settled } from '../types';
import type { WriteName, Writes } from '../core/commands';
import type { Backend } from '../core/make-store';
import { newTx, type Script, type Tx } from '../core/script';
import { StoreRefused, StoreUnavailable } from '../errors';
import { newBell, ring, type Bell } from './bell';
import { Gathering } from './gathering';
import { openForReading } from './open-database';
import { packJobs, unpackResult, type CheckpointerData, type JobsMessage, type ResultMessage } from './messages';
import { PendingCalls } from './pending-calls';
import type { Job } from './run-group';
import { ScriptRunner } from './run-script';
import { steadyClock } from './steady-clock';
import { fromErrorData, toErrorData, type ErrorData } from './translate-error';

/** The writer's first word; results follow. */
type Opening = { kind: 'open' } | { kind: 'refused'; error: ErrorData; reason: StoreRefused['reason'] | null };

/** Beside the bundle of the relay, next to another program's, or in `build/relay` when run from sources. */
function builtFile(name: string): string {
  const places = ['.', '../relay', '../../../build/relay'].map((place) => path.resolve(__dirname, place, name));
  return places.find((place) => existsSync(place)) ?? path.join(__dirname, name);
}

/** The embedded store: one thread writes, one checkpoints, reads happen here on a connection of their own. */
export class WorkerBackend implements Backend {
  readonly engine = 'sqlite';
  /** The writer's is another one of the same kind: both follow the machine's clock, and neither goes back. */
  readonly now = steadyClock();
  readonly #file: string;
  readonly #writer: Worker;
  readonly #bell: Bell;
  readonly #checkpointer: Worker;
  /** For the checkpointer's flushes. */
  readonly #descriptor: number;
  readonly #reading: Database;
  readonly #runner: ScriptRunner;
  readonly #pending = new PendingCalls();
  #outgoing: Job[] = [];
  readonly #gathering = new Gathering();
  #listener: (work: readonly string[], settled: readonly Settled[]) => void = () => undefined;
  #closed: Error | null = null;

  static async open(file: string): Promise<WorkerBackend> {
    const { port1: checkpoints, port2: toWriter } = new MessageChannel();
    const bell = newBell();
    const writer = new Worker(builtFile('sqlite-writer.cjs'), {
      workerData: { file, checkpoints, bell },
      transferList: [checkpoints],
    });
    await new Promise<void>((resolve, reject) => {
      writer.once('error', reject);
      writer.once('message', (message: Opening) => {
        if (message.kind === 'open') resolve();
        else {
          const { error, reason } = message;
          reject(reason ? new StoreRefused(reason, error.message) : fromErrorData(error, file));
        }
      });
    });
    const descriptor = openSync(file, 'r+');
    const checkpointer = new Worker(builtFile('sqlite-checkpoint.cjs'), {
      workerData: { file, toWriter, bell, descriptor } satisfies CheckpointerData,
      transferList: [toWriter],
    });
    return new WorkerBackend(file, writer, checkpointer, bell, descriptor);
  }

  private constructor(file: string, writer: Worker, checkpointer: Worker, bell: Bell, descriptor: number) {
    this.#file = file;
    this.#descriptor = descriptor;
    this.#bell = bell;
    this.#writer = writer;
    this.#checkpointer = checkpointer;
    this.#reading = openForReading(file);
    this.#runner = new ScriptRunner(this.#reading);
    writer.on('message', (message: ResultMessage) => this.#done(message));
    writer.on('error', (error: Error) =>
      this.#fail(new StoreUnavailable('io', `The store's writer ended: ${error.message}`, error)),
    );
  }

  write<K extends WriteName>(name: K, args: Writes[K]['args']): Promise<Writes[K]['result']> {
    if (this.#closed) return Promise.reject(this.#closed);
    return new Promise((resolve, reject) => {
      const id = this.#pending.add({ args, resolve, reject });
      this.#outgoing.push({ id, name, args });
      const first = this.#outgoing.length === 1;
      if (first) setImmediate(() => this.#send());
      if (this.#gathering.goesNow(first, performance.now())) this.#send();
    });
  }

  /** Nothing is left to send where a long turn sent it before its end. */
  #send(): void {
    const jobs = this.#outgoing;
    this.#outgoing = [];
    if (!this.#closed && jobs.length > 0) this.#tell(packJobs(jobs));
  }

  #tell(message: JobsMessage | 'close'): void {
    this.#writer.postMessage(message);
    ring(this.#bell);
  }

  read<T>(script: (tx: Tx) => Script<T>): Promise<T> {
    if (this.#closed) return Promise.reject(this.#closed);
    try {
      return Promise.resolve(this.#runner.run(script(newTx(this.now(), true))));
    } catch (error) {
      return Promise.reject(fromErrorData(toErrorData(error), this.#file));
    }
  }

  onCommit(listener: (work: readonly string[], settled: readonly Settled[]) => void): void {
    this.#listener = listener;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#fail(new StoreUnavailable('closed', 'The store is closed.'));
    const gone = [this.#writer, this.#checkpointer].map(
      (worker) => new Promise((resolve) => worker.once('exit', resolve)),
    );
    this.#checkpointer.postMessage('close');
    this.#tell('close');
    await Promise.all(gone);
    this.#reading.close();
    // Last: closing any descriptor of a file gives up all POSIX locks that the process has on it, SQLite's among them.
    closeSync(this.#descriptor);
  }

  #done(message: ResultMessage): void {
    const { results, work, settled } = unpackResult(message, (id) => this.#pending.argsOf(id));
    for (const result of results) {
      const pending = this.#pending.remove(result.id);
      if (result.ok) pending?.resolve(result.value as never);
      else pending?.reject(fromErrorData(result.error as ErrorData, this.#file));
    }
    if (work.length > 0 || settled.length > 0) this.#listener(work, settled);
  }

  #fail(error: Error): void {
    this.#closed ??= error;
    this.#pending.rejectAll(error);
  }
}
