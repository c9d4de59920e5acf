import type { Database, Statement } from 'better-sqlite3';
import type { Row, Script, Step } from '../core/script';
import { toSqlite } from './to-sqlite';

/** Runs scripts on a connection, one after the other; statements are prepared once. */
export class ScriptRunner {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(db: Database) {
    this.#db = db;
  }

  run<T>(script: Script<T>): T {
    let step = script.next();
    while (!step.done) {
      let rows: Row[];
      try {
        rows = this.#carryOut(step.value);
      } catch (error) {
        step = script.throw(error);
        continue;
      }
      step = script.next(rows);
    }
    return step.value;
  }

  #carryOut(step: Step): Row[] {
    switch (step.kind) {
      case 'sql': {
        const statement = this.#prepare(step.sql, toSqlite);
        if (statement.reader) return statement.all(...step.params) as Row[];
        statement.run(...step.params);
        return [];
      }
      case 'insert': {
        const marks = step.columns.map(() => '?').join(',');
        const conflict = step.conflict ? ` ON CONFLICT${step.conflict}` : '';
        const statement = this.#prepare(
          `INSERT INTO ${step.table}(${step.columns.join(',')}) VALUES(${marks})${conflict}`,
        );
        for (const row of step.rows) statement.run(...row);
        return [];
      }
      // One writer: transactions never run side by side.
      case 'lock':
        return [];
      case 'allocate':
        return this.#allocate(step.sequence, step.count);
    }
  }

  #allocate(sequence: string, count: number): Row[] {
    const statement = this.#prepare(
      'INSERT INTO sequence(name, n) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET n=n+excluded.n RETURNING n',
    );
    const { n } = statement.get(sequence, count) as { n: number };
    return Array.from({ length: count }, (_, at) => ({ n: n - count + 1 + at }));
  }

  #prepare(sql: string, translate: (sql: string) => string = (same) => same): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(translate(sql));
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
