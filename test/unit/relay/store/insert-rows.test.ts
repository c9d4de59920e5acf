import Database from 'better-sqlite3';
import { RowInserter } from '../../../../relay/store/sqlite/insert-rows';
import type { Cell } from '../../../../relay/store/core/script';

const COLUMNS = Array.from({ length: 8 }, (_, at) => `v${at}`);

function open() {
  const db = new Database(':memory:');
  db.exec(`CREATE TABLE t(n INTEGER PRIMARY KEY, ${COLUMNS.join(', ')})`);
  const columns = ['n', ...COLUMNS];
  const inserter = new RowInserter(db);
  const read = db.prepare(`SELECT * FROM t ORDER BY n`).raw();
  return {
    insert: (rows: Cell[][], conflict?: string) =>
      inserter.insert({ kind: 'insert', table: 't', columns, rows, ...(conflict ? { conflict } : {}) }),
    rows: () => read.all() as Cell[][],
  };
}

/** Each column by the bits of `kinds`: null everywhere, the same everywhere, each its own, or null in the first or last. */
const makeRows = (count: number, kinds: number, from: number): Cell[][] =>
  Array.from({ length: count }, (_, at) => [
    from + at,
    ...COLUMNS.map((name, column): Cell => {
      const kind = Math.floor(kinds / 4 ** column) % 4;
      if (kind === 0) return null;
      if (kind === 1) return `${name} of all`;
      if (kind === 2) return column % 2 === 0 ? from + at : `${name} of ${from + at}`;
      return at === (column % 2 === 0 ? 0 : count - 1) ? null : 0;
    }),
  ]);

it('rows arrive as they are, however many there are and whichever of their values are null or alike', () => {
  const { insert, rows } = open();
  const expected: Cell[][] = [];
  // More shapes than are kept, and some of them again when the store of shapes is full.
  for (let round = 0; round < 400; round++) {
    const some = makeRows((round * 7) % 40, ((round % 130) * 2_654_435_761) % 4 ** COLUMNS.length, expected.length);
    insert(some);
    expected.push(...some);
  }
  expect(rows()).toEqual(expected);
});

it('a value that is the same in all rows of one insert is not taken over into the next', () => {
  const { insert, rows } = open();
  const alike = (from: number, value: Cell): Cell[][] =>
    Array.from({ length: 20 }, (_, at) => [from + at, ...COLUMNS.map(() => value)]);
  insert(alike(0, 'first'));
  insert(alike(20, 'second'));
  expect(rows()).toEqual([...alike(0, 'first'), ...alike(20, 'second')]);
});

it('a row that is there already is changed where the insert says how, and refused where it does not', () => {
  const { insert, rows } = open();
  insert(makeRows(20, 2, 0));
  const again = makeRows(20, 1, 0);
  expect(() => insert(again)).toThrow(/UNIQUE constraint failed/);
  insert(again, '(n) DO UPDATE SET v0=excluded.v0');
  expect(rows().map((row) => row[1])).toEqual(again.map((row) => row[1]));
});
