import Database from 'better-sqlite3';
import { openMemoryStore } from '../../../relay/store/sqlite/open-sqlite-store';
import { newOperation, newRequest, POOL, takeInput } from '../../helpers/stores';

/** Tables whose rows are few whatever the relay carries. */
const SMALL = /^(gate|slot|lane|share|tally|sequence|cursor_position|job|batch)\b/;

/** Rows that came with the statement, or that it has made itself. */
const GIVEN = /^(json_each|CONSTANT|next|[kwvalxpt])$/;

/** A step of a plan that reads more of a table than what is asked for: all of it, or all rows of an account. */
function readsTooMuch(detail: string): boolean {
  const [, how, table = '', rest = ''] = /^(SCAN|SEARCH) (\w+)(.*)$/.exec(detail) ?? [];
  if (how === undefined || SMALL.test(table) || rest.includes('VIRTUAL TABLE')) return false;
  if (how === 'SCAN') return !GIVEN.test(table);
  // The first that is ready stands at the beginning of its index.
  return /\((pool|source|scope)=\?\)$/.test(rest) && !rest.includes('op_ready');
}

test('no statement of the embedded store that a request, a call or an event needs goes through a table, or through an account', async () => {
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
    spy.mockRestore();
    const wrong = [...prepared].flatMap(([sql, db]) => {
      if (!/^\s*(SELECT|UPDATE|DELETE|WITH)/i.test(sql) || !db.open) return [];
      const given = Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => '[]');
      const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...given);
      const bad = plan.map(({ detail }) => detail).filter(readsTooMuch);
      return bad.length === 0 ? [] : [{ sql: sql.replace(/\s+/g, ' '), bad }];
    });
    expect(prepared.size).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  } finally {
    spy.mockRestore();
    await store.close();
  }
});
