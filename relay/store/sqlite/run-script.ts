import type { Database, Statement } from 'better-sqlite3';
import type { Answer, Cell, Param, Row, Script, Step } from '../core/script';
import { toRowUpdate, toSqlite, type Source } from './to-sqlite';

type RowUpdate = { statement: Statement; sources: readonly Source[] };

/** Runs scripts on a connection, one after the other; statements are prepared once. */
export class ScriptRunner {
  readonly #db: Database;
  readonly #statements = new Map<string, Statement>();
  readonly #updates = new Map<string, RowUpdate>();

  constructor(db: Database) {
    this.#db = db;
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
        const statement = this.#prepareInsert(step);
        for (const row of step.rows) statement.run(...row);
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
    const statement = this.#prepare(
      'INSERT INTO sequence(name, n) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET n=MAX(n, ?)+? RETURNING n',
    );
    const { n } = statement.get(sequence, least - 1 + count, least - 1, count) as { n: number };
    return Array.from({ length: count }, (_, at) => ({ n: n - count + 1 + at }));
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

  #prepareInsert({ table, columns, conflict }: Extract<Step, { kind: 'insert' }>): Statement {
    const marks = columns.map(() => '?').join(',');
    return this.#prepare(
      `INSERT INTO ${table}(${columns.join(',')}) VALUES(${marks})${conflict ? ` ON CONFLICT${conflict}` : ''}`,
    );
  }
}

const toValue = (param: Param): Cell => (Array.isArray(param) ? JSON.stringify(param) : (param as Cell));
