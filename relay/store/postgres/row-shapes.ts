import type { Cell } from '../core/script';

type Rows = readonly (readonly Cell[])[];
/** By column: whether all rows have the same value in it. */
export type Shape = readonly boolean[];

/** Rows from which on it is worth while to look, and few columns are the same by chance. */
const ENOUGH = 16;
/** Shapes of one statement, each of which every connection prepares. */
const MOST = 3;

/**
 * Which columns of a statement's rows are sent as one value instead of an array of equal ones. Of an operation's 33 columns some ten differ
 * within a batch; the others cost both sides as much each. A statement keeps few shapes: other rows go in one of those that fits them.
 */
export class RowShapes {
  readonly #known: Shape[] = [];
  readonly #one: Shape;
  readonly #none: Shape;

  constructor(columns: number) {
    this.#one = new Array<boolean>(columns).fill(true);
    this.#none = new Array<boolean>(columns).fill(false);
  }

  /** The same object for the same shape. */
  of(rows: Rows): Shape {
    if (rows.length === 1) return this.#one;
    if (rows.length < ENOUGH && this.#known.length === 0) return this.#none;
    const same = this.#none.map((_, column) => isSame(rows, column));
    // How many rows there are is told by a list: of rows that are all the same one column still is one.
    if (same.every(Boolean)) same[0] = false;
    let best = this.#none;
    for (const known of this.#known) if (fits(known, same) && size(known) > size(best)) best = known;
    if (size(best) === size(same) || rows.length < ENOUGH || this.#known.length >= MOST) return best;
    this.#known.push(same);
    return same;
  }
}

/** Longer texts, such as a record's contents, are not compared: they are hardly ever the same. */
const LONGEST = 64;

function isSame(rows: Rows, column: number): boolean {
  const first = rows[0]?.[column] ?? null;
  if (typeof first === 'string' && first.length > LONGEST) return false;
  return rows.every((row) => (row[column] ?? null) === first);
}

const fits = (known: Shape, same: Shape): boolean => known.every((one, column) => !one || same[column]);
const size = (shape: Shape): number => shape.filter(Boolean).length;
