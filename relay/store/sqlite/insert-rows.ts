import type { Database, Statement } from 'better-sqlite3';
import type { Cell, Step } from '../core/script';

type Insert = Extract<Step, { kind: 'insert' }>;
type Rows = Insert['rows'];

/** How many rows one statement inserts: as many as fit of these, the largest first. */
const SIZES = [16, 4, 1] as const;
/** From so many rows on, values that are the same in all of them are bound once. */
const WORTH_SHARING = 4;
/** Of how many shapes of a table statements are kept; beyond it no new ones with shared values are made. */
const MOST_SHAPES = 64;

/** The statements for rows of which the same columns are filled and the same ones alike. */
interface Shape {
  /** Places of the columns that are filled, each row with a value of its own. */
  own: readonly number[];
  /** Places of the columns whose value is the same in all rows. */
  shared: readonly number[];
  /** One for each of `SIZES`, once it was needed. */
  statements: (Statement | undefined)[];
}

/** What is bound for a column: nothing where it is null in all rows, one value where it is the same in all, else one for each row. */
type Kind = typeof EMPTY | typeof OWN | typeof SHARED;
const EMPTY = 0;
const OWN = 1;
const SHARED = 2;

function kindOf(rows: Rows, column: number, shares: boolean): Kind {
  const first = rows[0]?.[column] ?? null;
  if (first !== null && !shares) return OWN;
  for (const row of rows) if (row[column] !== first) return OWN;
  return first === null ? EMPTY : SHARED;
}

/** The parameter of a column whose value is bound once. */
const name = (column: number): string => `c${column}`;

/**
 * Inserts rows, several with one statement, leaves out columns that are null in all of them, and binds once what is the same in all: each value
 * that is bound and each statement that is run costs. Of the 33 columns of an operation eight are nearly always null, and of the others some
 * fifteen are the same throughout a group. A group of operations takes half of the time this way (measured). What fails half-way leaves
 * the rows before it, so it must be undone with its transaction or savepoint.
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
    const { own, shared } = shape;
    const once: Record<string, Cell> = {};
    for (const column of shared) once[name(column)] = rows[0]?.[column] ?? null;
    let at = 0;
    for (const [place, size] of SIZES.entries()) {
      for (; rows.length - at >= size; at += size) {
        const statement = (shape.statements[place] ??= this.#prepare(step, shape, size));
        const values: Cell[] = [];
        for (let next = at; next < at + size; next++)
          for (const column of own) values.push(rows[next]?.[column] ?? null);
        if (shared.length > 0) statement.run(...values, once);
        else statement.run(...values);
      }
    }
  }

  #shapeOf({ table, columns, conflict, rows }: Insert): Shape {
    const shapes = this.#shapesOf(table, columns, conflict ?? '');
    return (
      (rows.length >= WORTH_SHARING && this.#findShape(shapes, columns, rows, true)) ||
      (this.#findShape(shapes, columns, rows, false) as Shape)
    );
  }

  /** Null where it would be one more than is kept. */
  #findShape(shapes: Map<number, Shape>, columns: readonly string[], rows: Rows, shares: boolean): Shape | null {
    // Three kinds a column: exact, since no table has more than 33.
    let which = 0;
    for (let column = 0; column < columns.length; column++) which = which * 3 + kindOf(rows, column, shares);
    const known = shapes.get(which);
    if (known) return known;
    if (shares && shapes.size >= MOST_SHAPES) return null;
    const of = (kind: Kind): number[] =>
      columns.flatMap((_, column) => (kindOf(rows, column, shares) === kind ? [column] : []));
    const shape = { own: of(OWN), shared: of(SHARED), statements: [] };
    shapes.set(which, shape);
    return shape;
  }

  #shapesOf(table: string, columns: readonly string[], conflict: string): Map<number, Shape> {
    const known = this.#byList.get(columns);
    if (known?.table === table && known.conflict === conflict) return known.shapes;
    const key = `${table}(${columns.join(',')})${conflict}`;
    const shapes = this.#byName.get(key) ?? new Map<number, Shape>();
    this.#byName.set(key, shapes);
    this.#byList.set(columns, { table, conflict, shapes });
    return shapes;
  }

  /** OR FAIL: without it SQLite keeps a copy of each page that several rows change, to undo the statement by itself. */
  #prepare({ table, columns, conflict }: Insert, { own, shared }: Shape, size: number): Statement {
    const marks = `(${[...own.map(() => '?'), ...shared.map((column) => `@${name(column)}`)].join(',')})`;
    return this.#db.prepare(
      `INSERT OR FAIL INTO ${table}(${[...own, ...shared].map((column) => columns[column]).join(',')})
       VALUES ${Array.from({ length: size }, () => marks).join(',')}${conflict ? ` ON CONFLICT${conflict}` : ''}`,
    );
  }
}
