import type { Database } from 'better-sqlite3';
import { runGroup, type GroupResult, type Job } from './run-group';
import { ScriptRunner } from './run-script';

/** Most writes of one transaction: beyond it a group gains nothing and keeps the first one waiting. */
const MOST = 500;

/** Collects the writes that arrive while the last group commits, and carries them out as the next. */
export class Writer {
  readonly #db: Database;
  readonly #runner: ScriptRunner;
  readonly #now: () => number;
  readonly #tell: (result: GroupResult) => void;
  #waiting: Job[] = [];
  #scheduled = false;

  constructor(db: Database, tell: (result: GroupResult) => void, now: () => number = Date.now) {
    this.#db = db;
    this.#runner = new ScriptRunner(db);
    this.#tell = tell;
    this.#now = now;
  }

  add(job: Job): void {
    this.#waiting.push(job);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    const jobs = this.#waiting.slice(0, MOST);
    this.#waiting = this.#waiting.slice(MOST);
    this.#tell(runGroup(this.#db, this.#runner, jobs, this.#now()));
    this.#scheduled = this.#waiting.length > 0;
    if (this.#scheduled) setImmediate(() => this.#flush());
  }
}
