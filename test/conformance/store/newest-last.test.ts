import type { NewOperation } from '../../../relay/store/types';
import type { StoreBench } from '../../helpers/stores';
import { newOperation, onBothEngines } from '../../helpers/stores';

/** What is sent of a record later has the higher version: sent with a lower one it would be taken for late news, and its content be lost. */

const failure = { code: 'UNKNOWN_ITEM', class: 'data' as const, message: 'no such item' };
const part = (externalId: string, more: Partial<NewOperation> = {}): NewOperation =>
  newOperation(externalId, { full: false, action: 'update', ...more });

onBothEngines((open) => {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.store.close());

  const sendAll = async (most: number): Promise<{ operationId: string; version: string }[]> => {
    const sent: { operationId: string; version: string }[] = [];
    for (let at = 0; at < most; at++) {
      const batch = await bench.take();
      if (!batch) break;
      sent.push(...batch.operations.map(({ operationId, version }) => ({ operationId, version })));
      await bench.settle(batch, (seq) => ({ seq, to: 'done', result: 'updated', internalId: '77' }));
    }
    return sent;
  };
  const expectGrowing = (sent: readonly { version: string }[]): void => {
    const versions = sent.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort());
  };

  test('after an edit in review, also of what stands behind it', async () => {
    const [held, ...behind] = await bench.accept(part('A'), part('A'), part('A'));
    await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'review', error: failure }));
    await bench.store.replay(held ?? '', { actor: 'ada', body: { edited: true } });
    const sent = await sendAll(4);
    expect(sent.map(({ operationId }) => operationId)).toEqual([held, ...behind]);
    expectGrowing(sent);
    const [last] = await bench.accept(part('A'));
    const [next] = await sendAll(2);
    expect(next?.operationId).toBe(last);
    expectGrowing([...sent, ...(next ? [next] : [])]);
  });

  test('after an edit of one that could not be mapped, also of what stands behind it', async () => {
    await bench.accept(part('A'));
    const [refused] = await bench.accept(part('A', { refused: failure }), part('A'), part('A'));
    await bench.store.replay(refused ?? '', { actor: 'ada', body: { edited: true } });
    const sent = await sendAll(5);
    expect(sent).toHaveLength(4);
    expectGrowing(sent);
  });

  test('after an edit of one that was given up: it goes before what waits by then, which is sent after it', async () => {
    const [dead] = await bench.accept(part('A'));
    await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'dead', error: failure }));
    const later = await bench.accept(part('A'), part('A'), part('A'));
    await bench.store.replay(dead ?? '', { actor: 'ada', body: { edited: true } });
    const sent = await sendAll(5);
    expect(sent.map(({ operationId }) => operationId)).toEqual([later[0], dead, later[1], later[2]]);
    expectGrowing(sent);
  });

  test('when two records turn out to be one, in whatever order their operations came', async () => {
    await bench.accept(newOperation('A'), newOperation('B'));
    const both = await bench.mustTake();
    // Meanwhile others come for each, in turn.
    await bench.accept(part('A'));
    await bench.accept(part('B'));
    await bench.accept(part('A'));
    await bench.accept(part('B'));
    await bench.settle(both, (seq) => ({ seq, to: 'done', result: 'updated', internalId: '77' }));
    const sent = await sendAll(6);
    expect(sent).toHaveLength(4);
    expectGrowing(sent);
  });

  test('a complete record takes the place of what stands in review, also where a part of it comes right before', async () => {
    const [held] = await bench.accept(newOperation('A'));
    await bench.settle(await bench.mustTake(), (seq) => ({ seq, to: 'review', error: failure }));
    const [first, whole] = await bench.accept(part('A'), newOperation('A', { overtakesReview: true }));
    expect(await bench.stateOf(held ?? '')).toBe('superseded');
    expect(await bench.stateOf(first ?? '')).toBe('superseded');
    expect((await bench.mustTake()).operations.map(({ operationId }) => operationId)).toEqual([whole]);
  });
});
