import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { FlowSet } from '../../flows';
import type { CrmConfig } from '../config/schema-crm';
import type { SourceConfig } from '../config/schema-sources';
import { fetchOperation } from '../delivery/to-fetch';
import type { NewOperation, Store, StoredOperation } from '../store/types';
import { findSourceOfKey } from './find-source-of-key';

export interface FetchMissingOptions {
  store: Store;
  accounts: readonly string[];
  crm: readonly CrmConfig[];
  sources: readonly SourceConfig[];
  flows: (account: string) => FlowSet;
  log: Logger;
  now: () => number;
  everyMs?: number;
  /** Done before each look. */
  first?: () => Promise<unknown>;
  /** A record that was sent together with what needs it is given this long to come by itself, in ms. */
  graceMs?: number;
}

const PAGE = 200;
const EVERY_MS = 5_000;
const GRACE_MS = 3_000;
/** The same record is not asked for again within this, in ms. */
const AGAIN_MS = 10 * 60_000;

/** Looks for operations that wait for a record nobody has sent, and has that record read from its CRM. Answers a function that stops it. */
export function startFetchingMissing(options: FetchMissingOptions): () => Promise<void> {
  const looked: Looked = { asked: new Map(), upTo: new Map() };
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    try {
      await options.first?.();
      for (const account of options.accounts) await fetchMissing(options, account, looked);
    } catch (error) {
      options.log.error({ err: error }, 'looking for missing records failed; looking again');
    }
    if (!stopped) timer = setTimeout(() => void (running = round()), options.everyMs ?? EVERY_MS);
  };
  timer = setTimeout(() => void (running = round()), options.everyMs ?? EVERY_MS);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

/** What earlier looks leave to the next one. */
export interface Looked {
  /** When a record was asked for. */
  asked: Map<string, number>;
  /** Per account, where among those that wait the last look ended; the next goes on behind it. */
  upTo: Map<string, string>;
}

/** One look at an account; answers how many records it asked for. */
export async function fetchMissing(options: FetchMissingOptions, account: string, looked: Looked): Promise<number> {
  const { store, now } = options;
  const { asked } = looked;
  for (const [key, at] of asked) if (now() - at > AGAIN_MS) asked.delete(key);
  const operations: NewOperation[] = [];
  for (const item of await pagesToLookAt(options, account, looked)) {
    operations.push(...(await fetchesFor(options, account, item, asked)));
  }
  if (operations.length === 0) return 0;
  await store.enqueue({ source: 'relay', traceId: randomBytes(16).toString('hex'), operations });
  return operations.length;
}

/**
 * The newest that wait, and one page of the older ones, another at each look: where hundreds wait for what no CRM has, the parents of all
 * the others are asked for too.
 */
async function pagesToLookAt(
  { store, now, graceMs = GRACE_MS }: FetchMissingOptions,
  account: string,
  { upTo }: Looked,
): Promise<StoredOperation[]> {
  const read = (after?: string): ReturnType<Store['listOperations']> =>
    store.listAwaiting(account, { to: now() - graceMs, limit: PAGE, after });
  const newest = await read();
  const after = upTo.get(account) ?? newest.next;
  if (after === null) return newest.items;
  const older = await read(after);
  if (older.next === null) upTo.delete(account);
  else upTo.set(account, older.next);
  return [...newest.items, ...older.items];
}

async function fetchesFor(
  { store, crm, sources, flows, now }: FetchMissingOptions,
  account: string,
  waiting: StoredOperation,
  asked: Map<string, number>,
): Promise<NewOperation[]> {
  const detail = await store.getOperation(waiting.operationId);
  const body = detail?.body as { requires?: { recordType: string; externalId: string }[] } | undefined;
  const set = flows(account);
  const fetches: NewOperation[] = [];
  for (const { recordType, externalId } of body?.requires ?? []) {
    const known = `${account}|${recordType}|${externalId}`;
    if (asked.has(known)) continue;
    const found = findSourceOfKey(set.flows, recordType, externalId, set.context.settings);
    const target = found && crm.find(({ name, kind }) => name === found.flow.crm || kind === found.flow.crm);
    const source = found && sources.find(({ name, kind }) => name === found.flow.crm || kind === found.flow.crm);
    if (!found || !target || !source) continue;
    if (!(await isNowhere(store, account, { recordType, externalId, crmId: found.crmId }))) continue;
    asked.set(known, now());
    const { flow, crmId } = found;
    const notices = [`${known}|${Math.floor(now() / AGAIN_MS)}`];
    const wanted = {
      crm: target.name,
      source: source.name,
      object: flow.object,
      id: crmId,
      notices,
      lane: waiting.lane,
    };
    fetches.push(fetchOperation({ ...wanted, deleted: false, needed: true }));
  }
  return fetches;
}

/** No operation of the record is known: waiting for it alone would be in vain. Asked for many at each look, so by indexes alone. */
async function isNowhere(
  store: Store,
  account: string,
  { recordType, externalId, crmId }: { recordType: string; externalId: string; crmId: string },
): Promise<boolean> {
  const record = await store.findRecord(account, recordType, { externalId });
  if (record === null || record.lastVersion === null) return true;
  if (record.liveOperations > 0) return false;
  const { items } = await store.listOperations({ pool: account, crmId, externalId }, { limit: 1 });
  return items.length === 0;
}
