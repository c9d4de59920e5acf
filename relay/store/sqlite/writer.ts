import type { Database } from 'better-sqlite3';
import { chooseGroup } from './choose-group';
import { runGroup, type GroupResult, type Job } from './run-group';
import { ScriptRunner } from './run-script';
import { steadyClock } from './steady-clock';

/** Collects the writes that arrive while the last group commits, and carries them out as the next. */
export class Writer {
  readonly #runner: ScriptRunner;
  readonly #now: () => number;
  readonly #tell: (result: GroupResult) => void;
  #waiting: Job[] = [];

  constructor(db: Database, tell: (result: GroupResult) => void, now: () => number = steadyClock()) {
    this.#runner = new ScriptRunner(db);
    this.#tell = tell;
    this.#now = now;
  }

  get idle(): boolean {
    return this.#waiting.length === 0;
  }

  add(jobs: readonly Job[]): void {
    this.#waiting.push(...jobs);
  }

  /** One transaction. */
  write(): void {
    const { group, rest } = chooseGroup(this.#waiting);
    this.#waiting = rest;
    this.#tell(runGroup(this.#runner, group, this.#now()));
  }
}
