import type { Database, Statement } from 'better-sqlite3';
import type { Answer, Cell, Param, Row, Script, Step } from '../core/script';
import { RowInserter } from './insert-rows';
import { NumberBlocks } from './number-blocks';
import { toRowUpdate, toSqlite, type Source } from './to-sqlite';

type RowUpdate = { statement: Statement; sources: readonly Source[] };

/** Runs scripts on a connection, one after the other; statements are prepared once. */
export class ScriptRunner {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();
  readonly #updates = new Map<string, RowUpdate>();
  readonly #inserter: RowInserter;
  #numbers: NumberBlocks | null = null;

  constructor(db: Database) {
    this.#db = db;
    this.#inserter = new RowInserter(db);
  }

  run<T>(script: Script<T>): T {
    let step = script.next();
    while (!step.done) {
      let answer: Answer;
      try {
        answer = step.value.kind === 'together' ? step.value.steps.map(this.#carryOut) : this.#carryOut(step.value);
      } catch (error) {
        step = script.throw(error);
        continue;
      }
      step = script.next(answer);
    }
    return step.value;
  }

  readonly #carryOut = (step: Step): Row[] => {
    switch (step.kind) {
      case 'sql': {
        const statement = this.#prepare(step.sql);
        if (statement.reader) return statement.all(...step.params.map(toValue)) as Row[];
        statement.run(...step.params.map(toValue));
        return [];
      }
      case 'update': {
        const { statement, sources } = this.#prepareUpdate(step.sql);
        for (const row of step.rows)
          statement.run(...sources.map((from) => ('param' in from ? step.params[from.param] : row[from.column])));
        return [];
      }
      case 'insert': {
        this.#inserter.insert(step);
        return [];
      }
      // One writer: transactions never run side by side.
      case 'lock':
        return [];
      case 'allocate':
        return this.#allocate(step.sequence, step.count, 'least' in step ? step.least : 1);
      case 'together':
        throw new Error('Steps together are not nested.');
    }
  };

  #allocate(sequence: string, count: number, least: number): Row[] {
    this.#numbers ??= new NumberBlocks(this.#db);
    const first = this.#numbers.take(sequence, count, least);
    const rows: Row[] = [];
    for (let at = 0; at < count; at++) rows.push({ n: first + at });
    return rows;
  }

  /** False after an error that ended the transaction, such as a full disk. */
  get inTransaction(): boolean {
    return this.#db.inTransaction;
  }

  /** Carries out `work` in a transaction: undone as a whole when it fails. */
  transact<T>(work: () => T): T {
    this.#prepare('BEGIN IMMEDIATE').run();
    try {
      const result = work();
      this.#prepare('COMMIT').run();
      return result;
    } catch (error) {
      if (this.#db.inTransaction) this.#prepare('ROLLBACK').run();
      this.#numbers?.forget();
      throw error;
    }
  }

  /** Carries out a part of a transaction, which alone is undone when it fails. */
  attempt<T>(work: () => T): T {
    this.#prepare('SAVEPOINT one').run();
    try {
      const result = work();
      this.#prepare('RELEASE one').run();
      return result;
    } catch (error) {
      this.#numbers?.forget();
      if (this.#db.inTransaction) {
        this.#prepare('ROLLBACK TO one').run();
        this.#prepare('RELEASE one').run();
      }
      throw error;
    }
  }

  #prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(toSqlite(sql));
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #prepareUpdate(sql: string): RowUpdate {
    let update = this.#updates.get(sql);
    if (!update) {
      const { text, sources } = toRowUpdate(sql);
      update = { statement: this.#db.prepare(text), sources };
      this.#updates.set(sql, update);
    }
    return update;
  }
}

const toValue = (param: Param): Cell => (Array.isArray(param) ? JSON.stringify(param) : (param as Cell));
