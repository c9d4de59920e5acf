import Database from 'better-sqlite3';
import { pino } from 'pino';
import { loadFlows } from '../../../flows';
import type { CrmConfig } from '../../../relay/config/schema-crm';
import type { SourceConfig } from '../../../relay/config/schema-sources';
import { fetchMissing } from '../../../relay/crm/fetch-missing';
import { redirectMerged } from '../../../relay/crm/redirect-merged';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';
import type { Store } from '../../../relay/store/types';
import { newOperation, newRequest, POOL, takeInput } from '../../helpers/stores';

/** Tables whose rows are few whatever the relay carries. */
const SMALL = /^(gate|slot|lane|share|tally|sequence|cursor_position|job|batch)\b/;

/** Rows that came with the statement, or that it has made itself. */
const GIVEN = /^(json_each|CONSTANT|next|[kwvalxpt])$/;

/** A step of a plan that reads more of a table than what is asked for: all of it, or all rows of an account. */
function readsTooMuch(detail: string): boolean {
  const [, how, table = '', rest = ''] = /^(SCAN|SEARCH) (\w+)(.*)$/.exec(detail) ?? [];
  if (how === undefined || SMALL.test(table) || rest.includes('VIRTUAL TABLE')) return false;
  // Its rows are the failures alone.
  if (how === 'SCAN') return !GIVEN.test(table) && !rest.includes('op_failed');
  // The first that is ready stands at the beginning of its index.
  return /\((pool|source|scope)=\?\)$/.test(rest) && !rest.includes('op_ready');
}

/** Statements of what is done with a store, that read too much. */
async function findWrong(work: (store: Store) => Promise<void>): Promise<{ sql: string; bad: string[] }[]> {
  const prepared = new Map<string, Database.Database>();
  const real = Database.prototype.prepare;
  const spy = jest.spyOn(Database.prototype, 'prepare').mockImplementation(function (
    this: Database.Database,
    sql: string,
  ) {
    prepared.set(sql, this);
    return real.call(this, sql);
  });
  const store = openMemoryStore(Date.now);
  try {
    await work(store);
    spy.mockRestore();
    expect(prepared.size).toBeGreaterThan(9);
    return [...prepared].flatMap(([sql, db]) => {
      if (!/^\s*(SELECT|UPDATE|DELETE|WITH)/i.test(sql) || !db.open) return [];
      const given = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => '[]');
      const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...given);
      const bad = plan.map(({ detail }) => detail).filter(readsTooMuch);
      return bad.length === 0 ? [] : [{ sql: sql.replace(/\s+/g, ' '), bad }];
    });
  } finally {
    spy.mockRestore();
    await store.close();
  }
}

test('no statement of the embedded store that a request, a call or an event needs goes through a table, or through an account', async () => {
  const wrong = await findWrong(async (store) => {
    const lane = { reserved: 0, weight: 1 };
    await store.configurePool(POOL, { slots: 5, lanes: { realtime: lane, bulk: lane, replay: lane } });
    const known = { pool: POOL, side: 'a', key: 'b', projection: {} };
    await store.enqueue({ ...newRequest([newOperation('A'), newOperation('B')]), shadows: [{ ...known, hash: 'x' }] });
    await store.getShadows(POOL, [known]);
    const { batch } = await store.take(takeInput({}));
    const settlements = batch!.operations.map(({ seq }) => ({
      ...{ seq, to: 'done' as const, result: 'created' },
      internalId: String(seq),
    }));
    const call = { status: 200, units: 1, ms: 1 };
    await store.settle({ pool: POOL, token: batch!.token, slot: batch!.slot, settlements, call, slotUntil: null });
    const based = { ...known, hash: 'y', basedOn: 'x', knownSince: Date.now() + 60_000 };
    await store.enqueue({ ...newRequest([newOperation('C')]), shadows: [based] });
    await store.getShadow(POOL, 'a', 'b');
    await store.getOperation(batch!.operations[0]!.operationId);
    await store.wake();
  });
  expect(wrong).toEqual([]);
});

test('nor does one by which the relay looks, every few seconds, for what was merged, is missing, or waits for a person', async () => {
  const wrong = await findWrong(async (store) => {
    const requires = [{ recordType: 'customer', externalId: 'SF_ACCT_001XX000003DGB2AAO' }];
    const body = { key: { externalId: 'A' }, fields: {}, requires };
    await store.enqueue(newRequest([newOperation('A', { requires, body }), newOperation('A')]));
    const lane = { reserved: 0, weight: 1 };
    await store.configurePool(POOL, { slots: 5, lanes: { realtime: lane, bulk: lane, replay: lane } });
    const { batch } = await store.take(takeInput({}));
    const error = { code: 'MISSING_REQUIRED_RECORD', class: 'dependency' as const, message: 'not there' };
    const parked = { to: 'parked' as const, missing: requires, until: Date.now() + 60_000, error };
    const settlements = batch!.operations.map(({ seq }) => ({ seq, ...parked }));
    const call = { status: 200, units: 1, ms: 1 };
    await store.settle({ pool: POOL, token: batch!.token, slot: batch!.slot, settlements, call, slotUntil: null });
    const projection = { into: '002' };
    await store.putShadows([{ pool: 'in:salesforce', side: 'merged', key: 'account|001', projection, hash: '002' }]);
    const crm = [{ name: 'salesforce', kind: 'salesforce' } as CrmConfig];
    const common = { store, accounts: [POOL], log: pino({ level: 'silent' }), now: () => Date.now() + 10_000 };
    const flows = () => loadFlows({ presets: ['salesforce'] });
    const sources = [{ name: 'salesforce', kind: 'salesforce' } as SourceConfig];
    const missing = { ...common, crm, sources, flows };
    expect(await fetchMissing(missing, POOL, { asked: new Map(), upTo: new Map() })).toBe(1);
    const findMerged = () => Promise.resolve(new Map());
    const merged = { ...common, crm: () => crm, flow: () => undefined, findMerged, requiresMs: () => 1_000 };
    expect(await redirectMerged(merged, new Set())).toBe(0);
    await store.listFailures({ state: ['review'], to: Date.now() }, { limit: 10 });
    await store.listFailures({ state: ['dead'] }, { limit: 10 });
  });
  expect(wrong).toEqual([]);
});
