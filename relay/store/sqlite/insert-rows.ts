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

function isFilled(rows: readonly (readonly Cell[])[], column: number): boolean {
  for (const row of rows) if (row[column] !== null) return true;
  return false;
}

/**
 * Inserts rows, several with one statement, and leaves out columns that are null in all of them: each value that is bound and each
 * statement that is run costs, and of the 33 columns of an operation eight are nearly always null. A group of operations takes half of the
 * time this way (measured). What fails half-way leaves the rows before it, so it must be undone with its transaction or savepoint.
 */
export class RowInserter {
  readonly #db: Database;
  readonly #byName = new Map<string, Map<number, Shape>>();
  /** The same, quicker to find where a list of columns is used again and again. */
  readonly #byList = new WeakMap<readonly string[], { table: string; conflict: string; shapes: Map<number, Shape> }>();

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
    const shapes = this.#shapesOf(table, columns, conflict ?? '');
    // One bit a column: exact, since no table has more than 53.
    let which = 0;
    for (let column = 0; column < columns.length; column++) which = which * 2 + (isFilled(rows, column) ? 1 : 0);
    let shape = shapes.get(which);
    if (!shape) {
      const filled = columns.flatMap((_, column) => (isFilled(rows, column) ? [column] : []));
      shapes.set(which, (shape = { filled, statements: [] }));
    }
    return shape;
  }

  #shapesOf(table: string, columns: readonly string[], conflict: string): Map<number, Shape> {
    const known = this.#byList.get(columns);
    if (known?.table === table && known.conflict === conflict) return known.shapes;
    const name = `${table}(${columns.join(',')})${conflict}`;
    const shapes = this.#byName.get(name) ?? new Map<number, Shape>();
    this.#byName.set(name, shapes);
    this.#byList.set(columns, { table, conflict, shapes });
    return shapes;
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
