import type { OperationFilter, StoredOperation } from '../../../relay/store/types';
import type { StoreBench } from '../../helpers/stores';
import { newOperation, onBothEngines, POOL } from '../../helpers/stores';

/** Lists of operations by what no index leads to: more of them than one step looks through. */

const done = { concluded: { result: 'unchanged' as const, skipped: [] } };

onBothEngines((open) => {
  let bench: StoreBench;
  let ids: string[];
  beforeAll(async () => {
    bench = await open();
    ids = [];
    for (let from = 0; from < 6_000; from += 500) {
      const some = Array.from({ length: 500 }, (_, at) =>
        newOperation(`K${from + at}`, { ...done, source: (from + at) % 1_700 === 3 ? 'rare' : 'usual' }),
      );
      ids.push(...(await bench.accept(...some)));
    }
  });
  afterAll(() => bench.store.close());

  const pages = async (filter: OperationFilter, limit: number): Promise<string[][]> => {
    const found: string[][] = [];
    let after: string | undefined;
    do {
      const page = await bench.store.listOperations(filter, { limit, after });
      found.push(page.items.map(({ operationId }: StoredOperation) => operationId));
      after = page.next ?? undefined;
    } while (after !== undefined);
    return found;
  };
  const rare = (): string[] => [5103, 3403, 1703, 3].map((at) => ids[at] as string);

  test('they are found in all that is kept, newest first, each on one page, and no page is empty', async () => {
    const [a, b, c, d] = rare();
    expect(await pages({ source: 'rare' }, 10)).toEqual([[a, b, c, d]]);
    expect(await pages({ source: 'rare' }, 3)).toEqual([[a, b, c], [d]]);
    expect(await pages({ source: 'rare' }, 2)).toEqual([
      [a, b],
      [c, d],
    ]);
    expect((await pages({ pool: POOL }, 999)).flat()).toEqual([...ids].reverse());
  });

  test('the oldest record is found by its external id, and none by one that nobody has', async () => {
    const by = (externalId: string): OperationFilter => ({ pool: POOL, recordType: 'customer', externalId });
    expect(await pages(by('k0'), 1)).toEqual([[ids[0]]]);
    expect(await pages(by('NOBODY'), 1)).toEqual([[]]);
    expect(await pages({ traceId: 'nobody' }, 5)).toEqual([[]]);
  });

  test('everything else goes on meanwhile, whoever else lists', async () => {
    let turns = 0;
    let over = false;
    const count = (): void => {
      turns += 1;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all([pages({ traceId: 'nobody' }, 5), pages({ traceId: 'no one' }, 5)]);
    over = true;
    // Three steps each; the first of each looks at once.
    expect(turns).toBeGreaterThanOrEqual(4);
  });
});
