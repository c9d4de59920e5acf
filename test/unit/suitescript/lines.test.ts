import { applySublist } from 'SuiteScripts/suiterelay/upsert/apply-lines';
import { ReferenceBook } from 'SuiteScripts/suiterelay/upsert/reference-book';
import { resolveOperation, type WantedSublist } from 'SuiteScripts/suiterelay/upsert/resolved-operation';
import { operationSchema } from '../../../contract/operation';
import { FakeRecord, type Fields } from './fake-record';

const KEY = 'custcol_srl_line_key';

function wanted(lines: { key: string; fields: Fields }[], more: object = {}): WantedSublist {
  const fields = (given: Fields): object =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }]));
  const operation = operationSchema.parse({
    opId: 'op',
    version: '0'.repeat(16),
    recordType: 'salesorder',
    action: 'upsert',
    key: { externalId: 'X' },
    sublists: {
      item: {
        keyField: KEY,
        mode: 'replace',
        lines: lines.map((one) => ({ key: one.key, fields: fields(one.fields) })),
        ...more,
      },
    },
  });
  return resolveOperation(operation, new ReferenceBook()).sublists[0] as WantedSublist;
}

const apply = (record: FakeRecord, sublist: WantedSublist, isNew = false): { changes: string[]; skipped: string[] } => {
  const applied = { changes: [], skipped: [] } as { changes: { field: string }[]; skipped: { field: string }[] };
  applySublist(record, sublist, { isNew, stage: null, applied: applied as never });
  return { changes: applied.changes.map((one) => one.field), skipped: applied.skipped.map((one) => one.field) };
};
const keys = (record: FakeRecord): unknown[] => record.lines.map((row) => row[KEY] ?? null);

test('price level -1 is set before a given rate, on new lines and when the rate changes', () => {
  const record = new FakeRecord();
  apply(record, wanted([{ key: 'A', fields: { rate: 5, item: '7', quantity: 1 } }]), true);
  expect(record.log.indexOf('0.price')).toBeLessThan(record.log.indexOf('0.rate'));
  expect(record.log.indexOf('0.item')).toBeLessThan(record.log.indexOf('0.price'));
  const stored = new FakeRecord({}, [{ [KEY]: 'A', item: '7', quantity: 1, rate: 4, price: '1' }]);
  apply(stored, wanted([{ key: 'A', fields: { rate: 5, item: '7', quantity: 1 } }]));
  expect(stored.log).toEqual(['0.price', '0.rate']);
});

test('an equal line is not touched, whatever its price level', () => {
  const record = new FakeRecord({}, [{ [KEY]: 'A', item: '7', quantity: '1', rate: '5.00', price: '1' }]);
  expect(apply(record, wanted([{ key: 'A', fields: { rate: 5, item: '7', quantity: 1 } }])).changes).toEqual([]);
  expect(record.log).toEqual([]);
});

test('replace removes keyed lines that are not given, from the end, and leaves lines without a key alone', () => {
  const rows = ['A', '', 'B', 'C'].map((key) => ({ [KEY]: key, item: '7', quantity: 1 }));
  const record = new FakeRecord({}, rows);
  apply(record, wanted([{ key: 'B', fields: { item: '7' } }]));
  expect(keys(record)).toEqual(['', 'B']);
});

test('merge removes nothing', () => {
  const record = new FakeRecord({}, [{ [KEY]: 'A', item: '7' }]);
  apply(record, wanted([{ key: 'B', fields: { item: '8' } }], { mode: 'merge' }));
  expect(keys(record)).toEqual(['A', 'B']);
});

test('a new line goes behind the line it follows, or before the one that follows it', () => {
  const record = new FakeRecord({}, [
    { [KEY]: 'B', item: '7' },
    { [KEY]: 'D', item: '7' },
  ]);
  apply(record, wanted(['A', 'B', 'C', 'D'].map((key) => ({ key, fields: { item: '7' } }))));
  expect(keys(record)).toEqual(['A', 'B', 'C', 'D']);
});

describe('a fulfilled line that would have to go or shrink', () => {
  const fulfilled = (): FakeRecord =>
    new FakeRecord({}, [{ [KEY]: 'A', item: '7', quantity: 5, quantityfulfilled: 3 }]);

  test('stops the operation by default', () => {
    expect(() => apply(fulfilled(), wanted([]))).toThrow('item[A]: 3 are fulfilled or billed already');
    expect(() => apply(fulfilled(), wanted([{ key: 'A', fields: { quantity: 2 } }]))).toThrow('item[A]');
  });

  test('is closed or left alone by policy, and may grow in any case', () => {
    const closed = fulfilled();
    expect(apply(closed, wanted([], { whenFulfilled: 'close' })).changes).toEqual(['item[A].isclosed']);
    expect(closed.lines[0]?.['isclosed']).toBe(true);
    expect(apply(fulfilled(), wanted([], { whenFulfilled: 'skip' })).skipped).toEqual(['item[A]']);
    expect(apply(fulfilled(), wanted([{ key: 'A', fields: { quantity: 4 } }])).changes).toEqual(['item[A].quantity']);
  });
});
