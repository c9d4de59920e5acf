import type { NewOperation } from '../../../relay/store/types';
import type { StoreBench } from '../../helpers/stores';
import { newOperation, newRequest, onBothEngines, POOL } from '../../helpers/stores';

/** What the relay looks for among all that it holds, again and again. */

const failure = { code: 'UNKNOWN_ITEM', class: 'data' as const, message: 'no such item' };
const missing = { code: 'MISSING_REQUIRED_RECORD', class: 'dependency' as const, message: 'not there' };
const customer = (externalId: string) => ({ recordType: 'customer', externalId });
const order = (externalId: string, of: string): NewOperation =>
  newOperation(externalId, {
    recordType: 'salesorder',
    body: { key: { externalId }, fields: { entity: { ref: customer(of) } } },
  });

onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  const naming = async (...ids: string[]): Promise<string[]> => {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const step = await bench.store.findNaming(ids, after);
      found.push(...step.found.map(({ operationId }) => operationId));
      after = step.next ?? undefined;
    } while (after !== undefined);
    return found.sort();
  };

  test('all that names a record of the CRM and is not sent yet is found, at heads and behind them, and nothing else', async () => {
    const done = await bench.accept(order('DONE', 'HS_COMP_9'));
    await bench.settleDone(await bench.mustTake());
    const [review] = await bench.accept(order('REVIEW', 'HS_COMP_9'));
    await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'review', error: failure }));
    const [sent] = await bench.accept(order('SENT', 'HS_COMP_9'));
    await bench.mustTake();
    const others = Array.from({ length: 250 }, (_, at) => order(`O${at}`, `HS_COMP_${90 + at}`));
    const named = [
      ...Array.from({ length: 120 }, (_, at) => order(`N${at}`, 'HS_COMP_9_SB1')),
      order('O7', 'hs_comp_9'),
    ];
    await bench.accept(...others.slice(0, 125));
    const wanted = await bench.accept(...named, ...Array.from({ length: 120 }, () => order('N7', 'HS_COMP_9')));
    await bench.accept(...others.slice(125), ...others);
    expect(await naming('9', '4711')).toEqual([...wanted].sort());
    expect(await naming('4711')).toEqual([]);
    expect([...done, review, sent].filter((id) => wanted.includes(id ?? ''))).toEqual([]);
  });

  test('of what waits for records those are listed that NetSuite did not find, each once, the latest limit first', async () => {
    const waiting = Array.from({ length: 25 }, (_, at) =>
      newOperation(`W${at}`, { requires: [customer('NOWHERE')], requiresLimitMs: 60_000 + (at % 4) }),
    );
    const ids = await bench.accept(...waiting);
    const batch = await bench.mustTake();
    await bench.settle(batch, (seq) => ({
      ...{ seq, to: 'parked', error: missing, until: bench.now + 60_000 },
      missing: [customer('NOWHERE')],
    }));
    // These wait for what is on its way, and say nothing.
    await bench.store.enqueue(
      newRequest([
        newOperation('COMING'),
        ...Array.from({ length: 60 }, (_, at) =>
          newOperation(`Q${at}`, { requires: [customer('COMING')], requiresLimitMs: 90_000 }),
        ),
      ]),
    );
    bench.advance(1_000);
    const found: string[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page = await bench.store.listAwaiting(POOL, { to: bench.now, limit: 5, after });
      expect(page.items.length).toBeLessThanOrEqual(5);
      found.push(...page.items.map(({ operationId }) => operationId));
      after = page.next ?? undefined;
      pages += 1;
    } while (after !== undefined);
    expect(pages).toBeLessThan(9);
    expect([...found].sort()).toEqual([...ids].sort());
    const limitOf = (id: string): number => ids.indexOf(id) % 4;
    expect(found.map(limitOf)).toEqual(found.map(limitOf).sort((a, b) => b - a));
    expect((await bench.store.listAwaiting(POOL, { to: bench.now - 60_000, limit: 5 })).items).toEqual([]);
    expect((await bench.store.listAwaiting('OTHER', { to: bench.now, limit: 5 })).items).toEqual([]);
  });

  test('what came to be known on a side is listed from a moment on', async () => {
    const shadow = (key: string, side = 'merged') => ({ pool: 'in:x', side, key, projection: {}, hash: key });
    await bench.store.putShadows([shadow('a'), shadow('c', 'crm')]);
    bench.advance(5_000);
    await bench.store.putShadows([shadow('b')]);
    const since = async (ms: number) =>
      (await bench.store.shadowsSince('in:x', 'merged', bench.now - ms)).map(({ key }) => key).sort();
    expect(await since(2_500)).toEqual(['b']);
    expect(await since(60_000)).toEqual(['a', 'b']);
  });
});
