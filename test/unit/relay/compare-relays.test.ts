import { pino } from 'pino';
import { parseConfig } from '../../../relay/config/load-config';
import { startComparing } from '../../../relay/runtime/compare-relays';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';
import type { Store } from '../../../relay/store/types';

const machine = { env: () => 'a secret of this machine', file: () => '', command: () => '' };
const configOf = (change: object = {}, limit = 5, consumerSecret = 'b') =>
  parseConfig(
    JSON.stringify({
      store: { postgres: 'postgres://127.0.0.1/x' },
      netsuite: [
        {
          account: 'TSTDRV1000001',
          baseUrl: 'http://127.0.0.1:1',
          auth: { type: 'tba', consumerKey: 'a', consumerSecret, tokenId: 'c', tokenSecret: 'd' },
          concurrency: { limit },
          events: { mode: 'push' },
        },
      ],
      ...change,
    }),
    'test.json',
    machine,
    '/',
  );

let store: Store;
let nowMs: number;
const running: (() => Promise<void>)[] = [];
beforeEach(() => {
  nowMs = Date.parse('2026-03-01T00:00:00Z');
  // The rule is for the engine that several relays share; which one answers makes no difference to it.
  store = { ...openMemoryStore(() => nowMs), engine: 'postgres' };
});
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
  await store.close();
});

/** One look of a relay at the others; what it told. */
async function look(holder: string, config: ReturnType<typeof configOf>) {
  const lines: { msg: string; settings: string[]; other: string }[] = [];
  const log = pino(
    { level: 'error' },
    { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) },
  );
  running.push(startComparing({ store, holder, config: () => config, log, now: () => nowMs }));
  // Its row is there when it has looked.
  while (!((await store.getCursor('relays')) ?? '').includes(`"${holder}":{"at":${nowMs}`))
    await new Promise(setImmediate);
  await new Promise(setImmediate);
  return lines;
}

test('relays on one store that differ in slots or time-outs tell so, by setting and by name', async () => {
  expect(await look('one', configOf())).toEqual([]);
  const told = await look('two', configOf({ timeouts: { budgetMs: 5_000 } }, 7));
  expect(told).toMatchObject([{ other: 'one', settings: ['netsuite', 'timeouts'] }]);
  expect(told[0]?.msg).toContain('give all of them the same configuration');
  nowMs += 1;
  expect(await look('one', configOf())).toMatchObject([{ other: 'two', settings: ['netsuite', 'timeouts'] }]);
});

test('where they listen, whom they let in, how they sign in and log is their own business, and no secret is stored', async () => {
  await look('one', configOf());
  const own = { listen: { port: 9_999 }, log: { level: 'debug' }, limits: { records: 10 } };
  expect(await look('two', configOf(own, 5, 'another-consumer-secret'))).toEqual([]);
  expect(await store.getCursor('relays')).not.toContain('secret');
});

test('a relay that is gone counts no more, and one that is restarted with other settings does not find itself', async () => {
  await look('one', configOf({}, 7));
  nowMs += 100_000;
  expect(await look('two', configOf())).toEqual([]);
  await running.at(-1)?.();
  expect(await look('three', configOf({}, 3))).toEqual([]);
});
