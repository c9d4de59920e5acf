import { normalise, parseDay, sameValue } from 'SuiteScripts/suiterelay/upsert/normalise';
import { inheritedStamps } from 'SuiteScripts/suiterelay/outbox/inherited-stamps';
import { compareSnapshots } from 'SuiteScripts/suiterelay/outbox/compare-snapshots';
import { keyedPage } from 'SuiteScripts/suiterelay/reconcile/keyed-page';
import { wasMissed } from 'SuiteScripts/suiterelay/reconcile/missed-change';

describe('values that only change their form are no change', () => {
  test.each([
    ['T', true, 'plain', true],
    ['F', false, 'plain', true],
    ['', false, 'plain', true],
    ['5.00', 5, 'plain', true],
    ['5', '5.00', 'number', true],
    ['02134', '2134', 'plain', false],
    ['a\r\nb', 'a\nb', 'plain', true],
    [' a ', 'a', 'plain', true],
    ['', null, 'plain', true],
    ['2026-03-01', '2026-03-01', 'date', true],
    [new Date(2026, 2, 1), '2026-03-01', 'date', true],
    [['2', '1'], ['1', '2'], 'plain', true],
    ['a', 'A', 'plain', false],
  ] as const)('%p and %p as %s: %p', (current, wanted, kind, same) => {
    expect(sameValue(current, wanted as never, kind)).toBe(same);
  });

  test('a day of the calendar is parsed in the script’s own zone, a day that is none is refused', () => {
    for (const day of ['2026-01-01', '2026-03-08', '2026-11-01', '2028-02-29']) {
      expect(normalise(parseDay(day), 'date')).toBe(day);
    }
    for (const day of ['2026-02-30', '2027-02-29', '2026-13-01', '2026-1-1', 'tomorrow'])
      expect(parseDay(day)).toBeNull();
  });
});

describe('inherited stamps', () => {
  const read =
    (fields: Record<string, string>) =>
    (field: string): string =>
      fields[field] ?? '';

  test('a stamp that names the record’s own external id stays, any other goes', () => {
    const own = { externalid: 'SF_OPP_1', custbody_srl_key: 'SF_OPP_1', custbody_srl_op: 'op' };
    expect(inheritedStamps('salesorder', read(own))).toEqual([]);
    expect(inheritedStamps('salesorder', read({ ...own, externalid: '' }))).toEqual([
      'custbody_srl_key',
      'custbody_srl_op',
    ]);
    expect(inheritedStamps('salesorder', read({ ...own, externalid: 'SF_OPP_2' }))).toEqual([
      'custbody_srl_key',
      'custbody_srl_op',
    ]);
  });

  test('types without stamp fields have nothing to clear', () => {
    expect(inheritedStamps('customrecord_x', read({}))).toEqual([]);
  });
});

test('changes are told by field and line key; stamps and system fields are silent', () => {
  const line = (key: string, quantity: number): Record<string, string | number> => ({
    custcol_srl_line_key: key,
    quantity,
  });
  const before = {
    fields: { memo: 'a', custbody_srl_op: '1', lastmodifieddate: 'x' },
    lines: { item: [line('A', 1), line('B', 1)] },
  };
  const after = { fields: { memo: 'b', custbody_srl_op: '2', lastmodifieddate: 'y' }, lines: { item: [line('A', 2)] } };
  expect(compareSnapshots(before, after)).toEqual([
    { field: 'memo', old: 'a', new: 'b' },
    { field: 'item[A].quantity', old: 1, new: 2 },
    { field: 'item[B]', old: 'present', new: null },
    { field: 'item[B].custcol_srl_line_key', old: 'B', new: null },
    { field: 'item[B].quantity', old: 1, new: null },
  ]);
});

test('a full page never tears the rows of one key apart', () => {
  const rows = ['1', '1', '2', '2', '3'].map((key) => ({ key }));
  expect(keyedPage(rows.slice(0, 4), (row) => row.key, 4)).toEqual({ rows: [{ key: '1' }, { key: '1' }], after: '1' });
  expect(keyedPage(rows.slice(2), (row) => row.key, 4)).toEqual({ rows: rows.slice(2), after: undefined });
});

test('a save that User Events did not see leaves their mark behind', () => {
  const record = {
    recordType: 'customer',
    internalId: '1',
    externalId: null,
    crmId: null,
    opId: null,
    version: null,
    hop: null,
  };
  const at = (lastModified: string, seen: string | null, capturedAt: string | null = null): boolean =>
    wasMissed({ ...record, lastModified, seen }, capturedAt);
  expect(at('2026-11-21T10:00:01.000Z', '2026-11-21T10:00:00.000Z')).toBe(false);
  expect(at('2026-11-21T10:01:00.000Z', '2026-11-21T10:00:00.000Z')).toBe(true);
  expect(at('2026-11-21T10:00:04.000Z', '2026-11-21T10:00:00.000Z')).toBe(true);
  expect(at('2026-11-21T10:01:00.000Z', null)).toBe(true);
  // An account whose saves take a quarter of a minute.
  const slow = { ...record, lastModified: '2026-11-21T10:00:14.000Z', seen: '2026-11-21T10:00:00.000Z' };
  expect(wasMissed(slow, null, 15_000)).toBe(false);
  // What the outbox still tells is exact, however soon the silent save came and however long a captured one took.
  expect(at('2026-11-21T10:00:04.000Z', '2026-11-21T10:00:00.000Z', '2026-11-21T10:00:01.500Z')).toBe(true);
  expect(at('2026-11-21T10:00:40.000Z', '2026-11-21T10:00:00.000Z', '2026-11-21T10:00:40.200Z')).toBe(false);
});
