import { updateRows, insertRows } from '../../../relay/store/core/script';
import { RowShapes } from '../../../relay/store/postgres/row-shapes';
import { toStatement } from '../../../relay/store/postgres/to-statement';

const rows = (count: number, row: (at: number) => (string | number | null)[]) =>
  Array.from({ length: count }, (_, at) => row(at));

test('a column with one value in all rows is told apart from one that varies; an empty value is a value', () => {
  const shapes = new RowShapes(3);
  expect(shapes.of(rows(50, (at) => [at, 'a', null]))).toEqual([false, true, true]);
  expect(shapes.of(rows(50, (at) => [at, 'a', at === 49 ? 'x' : null]))).toEqual([false, true, false]);
  expect(shapes.of(rows(1, () => [1, 'a', null]))).toEqual([true, true, true]);
});

test('of rows that are all the same one column is a list: it tells how many there are', () => {
  const { text, values } = toStatement(
    insertRows(
      'tally',
      ['pool', 'lane', 'state', 'n'],
      rows(20, () => ['p', 1, 'queued', 1]),
    ),
  );
  expect(text).toContain('unnest(');
  expect(new RowShapes(2).of(rows(20, () => ['a', 1]))).toEqual([false, true]);
  expect(values).toHaveLength(4);
});

test('few rows make no shape of their own, and a statement keeps few shapes, of which each row fits one', () => {
  const shapes = new RowShapes(8);
  expect(shapes.of(rows(5, (at) => [at, 1, 1, 1, 1, 1, 1, 1]))).toEqual(new Array(8).fill(false));
  const seen = new Set<unknown>();
  for (let same = 0; same < 256; same++) {
    const given = rows(20, (at) => Array.from({ length: 8 }, (_, column) => ((same >> column) & 1 ? 7 : at)));
    const shape = shapes.of(given);
    seen.add(shape);
    for (const [column, one] of shape.entries()) if (one) expect((same >> column) & 1).toBe(1);
  }
  // Three that were learned, and lists for all columns.
  expect(seen.size).toBeLessThanOrEqual(4);
});

test('long texts are sent row by row, without being compared', () => {
  const body = 'x'.repeat(600);
  expect(new RowShapes(2).of(rows(50, (at) => [at, body]))).toEqual([false, false]);
});

test('an insert and an update say each column once, as a list or as one value, in whatever shape', () => {
  for (const given of [
    rows(1, () => [1, 'p', 1]),
    rows(50, (at) => [at, 'p', 1]),
    rows(50, (at) => [at, `p${at}`, at]),
  ]) {
    const steps = [
      insertRows('edge', ['seq', 'target'], given),
      updateRows(
        'UPDATE op SET pool=v.pool, lane=v.lane, updated_at=? @each(seq bigint, pool text, lane bigint) WHERE op.seq=v.seq',
        given,
        9,
      ),
    ];
    for (const step of steps) {
      const { text, values } = toStatement(step);
      const numbers = [...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)).sort((a, b) => a - b);
      expect(numbers).toEqual(values.map((_, at) => at + 1));
      for (const value of values)
        if (typeof value === 'object' && value !== null) expect(value.values).toHaveLength(given.length);
    }
  }
});
