import type { Database, Statement } from 'better-sqlite3';
import type { Cell, Step } from '../core/script';

type Insert = Extract<Step, { kind: 'insert' }>;

/** How many rows one statement inserts: as many as fit of these, the largest first. */
const SIZES = [16, 4, 1] as const;

/** The statements for rows of which the same columns are filled. */
interface Shape {
  /** Places of the columns that are filled. */
  filled: readonly number[];
  /** One for each of `SIZES`, once it was needed. */
  statements: (Statement | undefined)[];
}

/**
 * Inserts rows, several with one statement, and leaves out columns that are null in all of them: each value that is bound and each
 * statement that is run costs, and of the 33 columns of an operation eight are nearly always null. A group of operations takes half of the
 * time this way (measured). What fails half-way leaves the rows before it, so it must be undone with its transaction or savepoint.
 */
export class RowInserter {
  readonly #db: Database;
  readonly #shapes = new Map<string, Map<string, Shape>>();

  constructor(db: Database) {
    this.#db = db;
  }

  insert(step: Insert): void {
    const { rows } = step;
    const shape = this.#shapeOf(step);
    let at = 0;
    for (const [place, size] of SIZES.entries()) {
      for (; rows.length - at >= size; at += size) {
        const statement = (shape.statements[place] ??= this.#prepare(step, shape.filled, size));
        const values: Cell[] = [];
        for (let next = at; next < at + size; next++)
          for (const column of shape.filled) values.push(rows[next]?.[column] ?? null);
        statement.run(...values);
      }
    }
  }

  #shapeOf({ table, columns, conflict, rows }: Insert): Shape {
    const name = `${table}(${columns.join(',')})${conflict ?? ''}`;
    let shapes = this.#shapes.get(name);
    if (!shapes) this.#shapes.set(name, (shapes = new Map<string, Shape>()));
    const filled = columns.flatMap((_, column) => (rows.some((row) => row[column] !== null) ? [column] : []));
    const which = filled.join(',');
    let shape = shapes.get(which);
    if (!shape) shapes.set(which, (shape = { filled, statements: [] }));
    return shape;
  }

  /** OR FAIL: without it SQLite keeps a copy of each page that several rows change, to undo the statement by itself. */
  #prepare({ table, columns, conflict }: Insert, filled: readonly number[], size: number): Statement {
    const marks = `(${filled.map(() => '?').join(',')})`;
    return this.#db.prepare(
      `INSERT OR FAIL INTO ${table}(${filled.map((column) => columns[column]).join(',')})
       VALUES ${Array.from({ length: size }, () => marks).join(',')}${conflict ? ` ON CONFLICT${conflict}` : ''}`,
    );
  }
}
