import fc from 'fast-check';
import { bucketCount, bucketOfKey } from 'SuiteScripts/suiterelay/bulk/buckets';
import { cutIntoFiles, fromLines, partFile, readPartName } from 'SuiteScripts/suiterelay/bulk/job-files';
import { judgeRun, withoutAnswer } from 'SuiteScripts/suiterelay/bulk/judge-run';
import type { BucketOutcome } from 'SuiteScripts/suiterelay/bulk/run-bucket';
import { slicesOf } from 'SuiteScripts/suiterelay/bulk/slices';
import { placeOf, sortLine } from 'SuiteScripts/suiterelay/bulk/sort-line';
import type { OperationResult } from '../../../contract/upsert';

const result = (
  opId: string,
  status: OperationResult['status'],
  errorClass?: 'dependency' | 'data',
): OperationResult => ({
  opId,
  status,
  warnings: [],
  ...(errorClass === undefined ? {} : { error: { code: 'X', message: '', class: errorClass } }),
});
const bucket = (results: OperationResult[], left: unknown[] = []): BucketOutcome => ({ results, left });
const op = (opId: string): { opId: string } => ({ opId });

describe('the names of staged files', () => {
  test('tell everything about a part, and other names tell nothing', () => {
    const name = { jobId: '7', run: 1, part: 12, count: 500, bytes: 31_000, digest: '0123456789abcdef' };
    expect(readPartName(partFile(name))).toEqual(name);
    expect(readPartName('srl-job-7-result-000-0001.jsonl')).toBeNull();
  });

  test('values are cut into files that hold all of them in order, none above its size unless one value is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 40 }), { maxLength: 60 }),
        fc.integer({ min: 10, max: 120 }),
        (values, most) => {
          const files = cutIntoFiles(values, most);
          expect(files.flatMap(({ text }) => fromLines(text))).toEqual(values);
          for (const { text, values: held } of files) expect(text.length <= most + 1 || held.length === 1).toBe(true);
        },
      ),
    );
  });
});

test('slices cover every line of a file once', () => {
  const file = { jobId: '1', run: 0, recordType: 'customer', fileId: '9', part: 0, buckets: 3 };
  const lines = slicesOf(file, 4501, 2000).flatMap(({ from, count }) =>
    Array.from({ length: count }, (_, at) => from + at),
  );
  expect(lines).toEqual(Array.from({ length: 4501 }, (_, at) => at));
});

test('50,000 records spread over buckets of at most 100, and a record’s bucket never changes', () => {
  const buckets = bucketCount(50_000);
  const sizes = new Map<string, number>();
  for (let at = 0; at < 50_000; at += 1) {
    const name = bucketOfKey(`SF_ACCT_001${String(at).padStart(12, '0')}AAA`, buckets);
    sizes.set(name, (sizes.get(name) ?? 0) + 1);
  }
  expect(Math.max(...sizes.values())).toBeLessThanOrEqual(100);
  expect(bucketOfKey('SF_ACCT_1', buckets)).toBe(bucketOfKey('SF_ACCT_1', buckets));
});

describe('a staged line', () => {
  test('that is an operation goes to the bucket of its record, its version first', () => {
    const operation = {
      opId: 'a',
      version: '0000000000000042',
      recordType: 'customer',
      action: 'upsert',
      key: { externalId: 'sf_1' },
    };
    const sorted = sortLine(JSON.stringify(operation), placeOf(0, 1, 2), 10);
    expect(sorted.bucket).toBe(bucketOfKey('SF_1', 10));
    expect(sorted.value.slice(0, 16)).toBe('0000000000000042');
  });

  test.each(['{"broken', '"text"', '[1]', 'null', '{"version":"1"}'])('that is %s gets its place as name', (line) => {
    const { value } = sortLine(line, placeOf(0, 3, 17), 10);
    expect(JSON.parse(value.slice(16))).toMatchObject({ opId: '#0.3:17' });
  });
});

describe('the end of a run', () => {
  const none = (): unknown[] => [];

  test('what did not fit and what nobody answered goes into the next run', () => {
    const verdict = judgeRun([bucket([result('a', 'created')], [op('b')])], none, [op('c')]);
    expect(verdict).toEqual({ results: [result('a', 'created')], again: [op('b'), op('c')], gaveUp: false });
  });

  test('a run that got nothing done ends the load and names every operation', () => {
    const verdict = judgeRun([bucket([], [op('b')])], none, [op('c')]);
    expect(verdict.gaveUp).toBe(true);
    expect(verdict.again).toEqual([]);
    expect(verdict.results.map(({ opId, status }) => [opId, status])).toEqual([
      ['b', 'deferred'],
      ['c', 'deferred'],
    ]);
  });

  test('what waits for another record is tried again only while records are still written', () => {
    const waiting = result('child', 'failed', 'dependency');
    const find = (ids: ReadonlySet<string>): unknown[] => [...ids].map(op);
    expect(judgeRun([bucket([waiting, result('parent', 'created')])], find, [])).toMatchObject({
      again: [op('child')],
    });
    const last = judgeRun([bucket([waiting, result('x', 'unchanged')])], find, []);
    expect(last).toMatchObject({ again: [], gaveUp: false });
    expect(last.results).toHaveLength(2);
    expect(judgeRun([bucket([result('bad', 'failed', 'data'), result('p', 'created')])], find, []).again).toEqual([]);
  });

  test('an operation without an answer is found, as often as it was staged', () => {
    const staged = [{ run: 0, part: 0, operations: [op('a'), op('a'), op('b'), 'broken'] }];
    const answered = [bucket([result('a', 'created'), result('#0.0:3', 'failed')], [])];
    expect(withoutAnswer(staged, answered)).toEqual([op('a'), op('b')]);
    expect(
      withoutAnswer(staged, [bucket([result('a', 'created'), result('b', 'created')], [op('a'), { opId: '#0.0:3' }])]),
    ).toEqual([]);
  });

  test('runs of a load that end by themselves: results and leftovers never lose or double an operation', () => {
    const statuses = fc.constantFrom<OperationResult['status']>('created', 'unchanged', 'failed');
    const fate = fc.record({ fits: fc.boolean(), answered: fc.boolean(), status: statuses, waits: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fate, { minLength: 1, maxLength: 30 }), (fates) => {
        const operations = fates.map((_, at) => op(`o${at}`));
        const outcome = bucket([]);
        fates.forEach(({ fits, answered, status, waits }, at) => {
          if (!answered) return;
          if (!fits) outcome.left.push(operations[at]);
          else
            outcome.results.push(
              result(`o${at}`, status, status === 'failed' ? (waits ? 'dependency' : 'data') : undefined),
            );
        });
        const missing = withoutAnswer([{ run: 0, part: 0, operations }], [outcome]);
        const byId = (ids: ReadonlySet<string>): unknown[] => operations.filter(({ opId }) => ids.has(opId));
        const { results, again } = judgeRun([outcome], byId, missing);
        const told = [...results.map(({ opId }) => opId), ...(again as { opId: string }[]).map(({ opId }) => opId)];
        expect(told.sort()).toEqual(operations.map(({ opId }) => opId).sort());
        // Every further run is shorter: the load ends.
        expect(again.length).toBeLessThan(operations.length);
      }),
    );
  });
});
