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
  const asked = new Map<string, number>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    try {
      await options.first?.();
      for (const account of options.accounts) await fetchMissing(options, account, asked);
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

/** One look at an account; answers how many records it asked for. */
export async function fetchMissing(
  options: FetchMissingOptions,
  account: string,
  asked: Map<string, number>,
): Promise<number> {
  const { store, now, graceMs = GRACE_MS } = options;
  for (const [key, at] of asked) if (now() - at > AGAIN_MS) asked.delete(key);
  const { items } = await store.listOperations(
    { pool: account, state: ['queued'], errorCode: 'MISSING_REQUIRED_RECORD', to: now() - graceMs },
    { limit: PAGE },
  );
  const operations: NewOperation[] = [];
  for (const item of items.filter(({ waitsFor }) => waitsFor === 'required record')) {
    operations.push(...(await fetchesFor(options, account, item, asked)));
  }
  if (operations.length === 0) return 0;
  await store.enqueue({ source: 'relay', traceId: randomBytes(16).toString('hex'), operations });
  return operations.length;
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
    if (asked.has(known) || !(await isNowhere(store, account, externalId))) continue;
    const found = findSourceOfKey(set.flows, recordType, externalId, set.context.settings);
    const target = found && crm.find(({ name, kind }) => name === found.flow.crm || kind === found.flow.crm);
    const source = found && sources.find(({ name, kind }) => name === found.flow.crm || kind === found.flow.crm);
    if (!found || !target || !source) continue;
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

/** No operation of the record was ever accepted: waiting for it alone would be in vain. */
async function isNowhere(store: Store, account: string, externalId: string): Promise<boolean> {
  const { items } = await store.listOperations({ pool: account, externalId }, { limit: 1 });
  return items.length === 0;
}
