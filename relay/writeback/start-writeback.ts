import { createHash, randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { CrmConfig } from '../config/schema-crm';
import type { SourceConfig } from '../config/schema-sources';
import { attemptsOf } from '../delivery/decide-settlement';
import { isAccountPool, outPool } from '../delivery/pools';
import type { DeliveryBody } from '../delivery/write-to-crm';
import type { NewOperation, OperationDetail, ShadowWrite, Store } from '../store/types';
import { statusFields, statusOf, tellsStatus, type SyncStatus } from './status-fields';

export interface WritebackOptions {
  store: Store;
  crm: readonly CrmConfig[];
  sources: readonly SourceConfig[];
  retrySeconds: readonly number[];
  log: Logger;
  now: () => number;
  /** Settled operations are gathered for so long, in ms. */
  gatherMs?: number;
}

const GATHER_MS = 200;
/** At start, failures of so many ms are told again where they were not: those of a relay that ended meanwhile. */
const LOOK_BACK_MS = 86_400_000;
const PAGE = 500;

/**
 * Tells each CRM record what became of it: synced, with the NetSuite id, or why not and what to do. Written after every operation that
 * changes what the record says, as an operation of its own: it never goes through flows, and a CRM that is away holds nothing up.
 */
export function startWriteback(options: WritebackOptions): () => Promise<void> {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const flush = async (): Promise<void> => {
    timer = undefined;
    const ids = [...waiting];
    waiting.clear();
    try {
      for (let from = 0; from < ids.length; from += PAGE) await tell(options, ids.slice(from, from + PAGE));
    } catch (error) {
      options.log.error({ err: error }, 'writing sync states back failed; trying again');
      ids.forEach((id) => waiting.add(id));
      if (!stopped) timer = setTimeout(() => void (running = flush()), 5_000);
    }
  };
  const gather = (ids: readonly string[]): void => {
    ids.forEach((id) => waiting.add(id));
    if (!stopped) timer ??= setTimeout(() => void (running = running.then(flush)), options.gatherMs ?? GATHER_MS);
  };
  const unlisten = options.store.onSettled((settled) => gather(settled.map(({ operationId }) => operationId)));
  running = makeUp(options).then(gather, (error: unknown) => {
    options.log.error({ err: error }, 'looking for untold failures failed');
  });
  return async () => {
    stopped = true;
    unlisten();
    clearTimeout(timer);
    await running;
    if (waiting.size > 0) await flush();
  };
}

/** Failures of the last day, whose states a relay that was killed may not have told. */
async function makeUp({ store, now }: WritebackOptions): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.listFailures({ from: now() - LOOK_BACK_MS }, { limit: PAGE, after });
    ids.push(...page.items.map(({ operationId }) => operationId));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return ids;
}

async function tell(options: WritebackOptions, ids: readonly string[]): Promise<void> {
  const operations: NewOperation[] = [];
  const shadows: ShadowWrite[] = [];
  for (const id of ids) {
    const detail = await options.store.getOperation(id);
    const made = detail && (await statusOperation(options, detail));
    if (!made) continue;
    operations.push(made.operation);
    shadows.push(made.shadow);
  }
  if (operations.length === 0) return;
  await options.store.enqueue({
    source: 'relay',
    traceId: randomBytes(16).toString('hex'),
    operations,
    shadows,
  });
}

async function statusOperation(
  { store, crm, sources, retrySeconds, now }: WritebackOptions,
  settled: OperationDetail,
): Promise<{ operation: NewOperation; shadow: ShadowWrite } | null> {
  const { pool, crmId, object, source } = settled;
  if (!isAccountPool(pool) || crmId === null || !tellsStatus(object)) return null;
  const kind = sources.find(({ name }) => name === source)?.kind;
  const target = crm.find(({ name }) => name === source) ?? crm.find((one) => one.kind === kind);
  const status = statusOf(settled);
  if (status === null || !target || (target.kind !== 'salesforce' && target.kind !== 'hubspot')) return null;
  const shadow = { pool, side: `status:${target.name}`, key: `${object}|${crmId}` };
  const hash = createHash('sha256').update(JSON.stringify(status)).digest('hex');
  if ((await store.getShadow(shadow.pool, shadow.side, shadow.key))?.hash === hash) return null;
  const fields = statusFields(target.kind, status, new Date(now()).toISOString());
  const body: DeliveryBody = { deliver: { object, match: null, fields } };
  return {
    shadow: { ...shadow, projection: { ...status } satisfies SyncStatus, hash },
    operation: {
      pool: outPool(target.name),
      source: 'relay',
      object,
      flow: 'status-write-back',
      lane: 'realtime',
      recordType: 'status',
      action: 'update',
      externalId: `STATUS|${object}|${crmId}`,
      crmId,
      body,
      full: true,
      coalesce: true,
      onFailure: 'release',
      maxAttempts: attemptsOf(retrySeconds),
    },
  };
}
