import type { NewOperation, Settlement, Store, TakeInput, TakenBatch } from '../../relay/store/types';

/** What every subject is given: four record types, 10,000 records, some 550 bytes each, 50 to a call. */
export const TYPES = ['customer', 'contact', 'salesorder', 'customrecord_note'] as const;
export const BODY = {
  fields: Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`field_${at}`, 'x'.repeat(30)])),
};
export const BATCH = 50;
export const WORKERS = 5;
export const POOL = 'BENCH';
export const RECORDS = 10_000;

let made = 0;

export interface Item {
  n: number;
  type: (typeof TYPES)[number];
  key: string;
}

export function nextItem(records = RECORDS): Item {
  const n = made++;
  return { n, type: TYPES[n % TYPES.length] ?? 'customer', key: `SF_${(n * 7919) % records}` };
}

export const nextItems = (count: number, records?: number): Item[] =>
  Array.from({ length: count }, () => nextItem(records));

export const toOperation = ({ type, key }: Item, more: Partial<NewOperation> = {}): NewOperation => ({
  pool: POOL,
  source: 'salesforce',
  object: 'Account',
  lane: 'bulk',
  recordType: type,
  action: 'upsert',
  externalId: key,
  body: BODY,
  full: true,
  ...more,
});

export const accept = (store: Store, operations: readonly NewOperation[]) =>
  store.enqueue({
    source: 'salesforce',
    traceId: 'a'.repeat(32),
    idempotency: { scope: 'salesforce', key: `k${made++}`, bodyHash: 'x' },
    operations,
  });

export const takeInput: TakeInput = {
  pool: POOL,
  holder: 'bench',
  sizing: {},
  defaultSizing: { maxOperations: BATCH, maxWeight: 1_000, fixedMs: 100, msPerWeight: 1 },
  leaseMs: 60_000,
  lingerMs: { realtime: 0, bulk: 0, replay: 0 },
  borrowBelowMs: 2_000,
};

const internalIds = new Map<string, string>();

/** A record keeps the id that NetSuite gave it. */
function internalIdOf(recordKey: string): string {
  const known = internalIds.get(recordKey) ?? String(internalIds.size + 1);
  internalIds.set(recordKey, known);
  return known;
}

export const settleDone = (store: Store, { token, slot, operations, queues }: TakenBatch) =>
  store.settle({
    pool: POOL,
    token,
    slot,
    queues,
    settlements: operations.map(({ seq, recordKey }): Settlement => ({
      seq,
      to: 'done',
      result: 'updated',
      internalId: internalIdOf(recordKey),
    })),
    call: { status: 200, units: 100, ms: 500 },
    slotUntil: null,
    pressure: { kind: 'ok' },
  });

/** Puts so many operations into a store, 500 at a time. */
export async function fill(store: Store, count: number, records: number): Promise<void> {
  for (let left = count; left > 0; left -= 2_000) {
    const chunks = Array.from({ length: Math.ceil(Math.min(left, 2_000) / 500) }, () => nextItems(500, records));
    await Promise.all(
      chunks.map((items) =>
        accept(
          store,
          items.map((item) => toOperation(item)),
        ),
      ),
    );
  }
}
