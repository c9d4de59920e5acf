import fc from 'fast-check';
import { Budget } from 'SuiteScripts/suiterelay/governance/budget';
import { priceOf, type Path } from 'SuiteScripts/suiterelay/governance/prices';
import { bucketCount, bucketOfKey, bucketValue, operationOf } from 'SuiteScripts/suiterelay/bulk/buckets';
import { bucketOf, sendBucket } from 'SuiteScripts/suiterelay/outbox/send-bucket';
import { readBranches, type Branch } from 'SuiteScripts/suiterelay/upsert/sql-branches';
import type { Queries } from 'SuiteScripts/suiterelay/upsert/ports';
import type { ChangeEvent } from '../../../contract/change-event';

const TYPES = ['customer', 'contact', 'salesorder', 'customrecord_x', 'inventoryitem'];
const PATHS: Path[] = ['create', 'inline', 'update', 'delete', 'transform'];

test('whatever operations cost up to their worst case, the units never run out, and little is left when it stops', () => {
  const operations = fc.array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      path: fc.constantFrom(...PATHS),
      luck: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { maxLength: 600 },
  );
  fc.assert(
    fc.property(operations, fc.integer({ min: 50, max: 5000 }), (batch, units) => {
      let left = units;
      const budget = new Budget(
        { unitsLeft: () => left, elapsedMs: () => 0 },
        { units: Number.MAX_SAFE_INTEGER, ms: 1, reserve: 0 },
      );
      const dearest = Math.max(0, ...batch.map(({ type, path }) => priceOf(type, path).worst));
      for (const { type, path, luck } of batch) {
        const price = priceOf(type, path);
        if (budget.refuses(price) !== null) {
          expect(left).toBeLessThanOrEqual(2 * dearest);
          break;
        }
        budget.started();
        left -= Math.round(price.expected + luck * (price.worst - price.expected));
        expect(left).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('all operations of a record meet in one bucket, and buckets stay small', () => {
  const count = bucketCount(50_000);
  const sizes = new Map<string, number>();
  for (let at = 0; at < 50_000; at += 1) {
    const key = bucketOfKey(`SF_ACCT_${at}`, count);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  expect(Math.max(...sizes.values())).toBeLessThanOrEqual(100);
  expect(bucketOfKey('SF_ACCT_1', count)).toBe(bucketOfKey('SF_ACCT_1', count));
});

test('values of a bucket sort by version and give their operation back', () => {
  const values = ['0000000000000010', '0000000000000009'].map((version) => bucketValue(version, { version }));
  expect(values.sort().map(operationOf)).toEqual([{ version: '0000000000000009' }, { version: '0000000000000010' }]);
});

describe('sending a bucket', () => {
  const events = Array.from({ length: 10 }, (_, at) => ({ id: `a-${at}`, sequence: String(at) }) as ChangeEvent);
  const send = (
    statuses: number[],
    units = 5000,
    bad: readonly string[] = [],
  ): { accepted: number; refused: number; left: number; settled: string[]; aside: string[]; sizes: number[] } => {
    const aside: string[] = [];
    const settled: string[] = [];
    const sizes: number[] = [];
    let left = units;
    const sent = sendBucket(events, 4, {
      post: (_id, body) => {
        const batch = JSON.parse(body) as ChangeEvent[];
        sizes.push(batch.length);
        left -= 10;
        if (batch.some(({ sequence }) => bad.includes(sequence))) return 422;
        return statuses[sizes.length - 1] ?? 202;
      },
      settle: ({ sequence }) => {
        settled.push(sequence);
        left -= 4;
      },
      setAside: ({ sequence }) => {
        aside.push(sequence);
        left -= 2;
      },
      unitsLeft: () => left,
    });
    expect(left).toBeGreaterThanOrEqual(0);
    return { ...sent, settled, aside, sizes };
  };

  test('a refused batch ends the bucket: no later event overtakes an earlier one', () => {
    expect(send([202, 503])).toMatchObject({ accepted: 4, refused: 4, left: 2, settled: ['0', '1', '2', '3'] });
  });

  test('an event that the receiver can’t take is set aside alone; all others of its batch go through in order', () => {
    const sent = send([], 5000, ['5']);
    expect(sent).toMatchObject({ accepted: 9, refused: 0, left: 0, aside: ['5'] });
    expect(sent.settled).toEqual(['0', '1', '2', '3', '4', '6', '7', '8', '9']);
  });

  test('what the units don’t allow is left for the next run', () => {
    expect(send([], 80)).toMatchObject({ accepted: 4, left: 6 });
  });

  test('a record’s events always go to the same bucket', () => {
    expect(bucketOf('customer/1', 8)).toBe(bucketOf('customer/1', 8));
  });
});

describe('reading branches', () => {
  const branch = (mark: string, seen: string[], dropped: string[]): Branch => ({
    mark,
    columns: [
      { name: 'id', sql: 'r.id' },
      { name: 'f.bad', sql: 'r.bad' },
    ],
    from: 'customer r',
    where: 'r.id = ?',
    params: [mark],
    essential: ['id'],
    read: (row) => seen.push(`${mark}${row.get('id') ?? ''}${row.has('f.bad') ? '+' : ''}`),
    dropped: (names) => dropped.push(...names),
    unavailable: () => dropped.push(mark),
  });
  const account = (): Queries & { count: number } => ({
    count: 0,
    mode: () => 'suiteql',
    search: () => [],
    run(sql, params) {
      this.count += 1;
      if (sql.includes('r.bad'))
        throw Object.assign(new Error("Field 'bad' for record 'customer' was not found."), {
          name: 'SSS_SEARCH_ERROR_OCCURRED',
        });
      return params.map((mark) => [String(mark), '1', null]);
    },
  });

  test('a column that the account does not show is left out, told, and remembered for the next request', () => {
    const lessons = new Map<string, string[]>();
    const memory = {
      recall: (type: string) => lessons.get(type) ?? [],
      remember: (type: string, columns: string[]) => void lessons.set(type, columns),
    };
    const [seen, dropped] = [[] as string[], [] as string[]];
    const first = account();
    readBranches(first, [branch('A', seen, dropped), branch('B', seen, dropped)], memory, 'customer');
    expect(seen).toEqual(['A1', 'B1']);
    expect(dropped).toEqual(['f.bad', 'f.bad']);
    const second = account();
    readBranches(second, [branch('A', [], []), branch('B', [], [])], memory, 'customer');
    expect(second.count).toBe(2);
  });
});
