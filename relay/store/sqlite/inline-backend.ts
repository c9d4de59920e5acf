import Database from 'better-sqlite3';
import type { Settled } from '../types';
import type { WriteName, Writes } from '../core/commands';
import type { Backend } from '../core/make-store';
import { MIGRATIONS, toSqlite } from '../core/schema';
import { newTx, type Script, type Tx } from '../core/script';
import { runGroup } from './run-group';
import { ScriptRunner } from './run-script';
import { fromErrorData, toErrorData } from './translate-error';

/** The same engine in memory and without threads, on a clock of the caller's: what rules alone need. Nothing in it is durable. */
export class InlineBackend implements Backend {
  readonly engine = 'sqlite';
  readonly #db = new Database(':memory:');
  readonly #runner = new ScriptRunner(this.#db);
  readonly now: () => number;
  #listener: (work: readonly string[], settled: readonly Settled[]) => void = () => undefined;

  constructor(now: () => number) {
    this.now = now;
    for (const { statements } of MIGRATIONS) for (const statement of statements) this.#db.exec(toSqlite(statement));
  }

  write<K extends WriteName>(name: K, args: Writes[K]['args']): Promise<Writes[K]['result']> {
    const { results, work, settled } = runGroup(this.#runner, [{ id: 1, name, args }], this.now());
    const [result] = results;
    if (!result?.ok) return Promise.reject(fromErrorData(toErrorData(result?.error), ':memory:'));
    if (work.length > 0 || settled.length > 0) this.#listener(work, settled);
    return Promise.resolve(result.value as Writes[K]['result']);
  }

  read<T>(script: (tx: Tx) => Script<T>): Promise<T> {
    return Promise.resolve(this.#runner.run(script(newTx(this.now(), true))));
  }

  onCommit(listener: (work: readonly string[], settled: readonly Settled[]) => void): void {
    this.#listener = listener;
  }

  close(): Promise<void> {
    this.#db.close();
    return Promise.resolve();
  }
}
