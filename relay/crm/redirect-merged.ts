import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { DirectRecord } from '../../contract';
import type { Flow } from '../../flows';
import type { CrmConfig } from '../config/schema-crm';
import { inPool } from '../delivery/pools';
import { isUnmapped, toOperation } from '../http/accept/to-operation';
import { referencesOf, withSurvivors, type FindMerged } from '../screening/follow-merges';
import type { OperationDetail, Store } from '../store/types';

export interface RedirectOptions {
  store: Pick<Store, 'listOperations' | 'getOperation' | 'enqueue' | 'cancel'>;
  accounts: readonly string[];
  crm: () => readonly Pick<CrmConfig, 'name'>[];
  flow: (account: string, id: string) => Flow | undefined;
  findMerged: FindMerged;
  /** Longest wait for required records, in ms. */
  requiresMs: () => number;
  log: Logger;
  now: () => number;
}

const PAGE = 200;
/** Merges are looked at anew for so long after a start, in ms: a relay that ended meanwhile may have followed none of them. */
const LOOK_BACK_MS = 3_600_000;

/**
 * What was accepted before its CRM merged a record it names, and is not under way yet, goes to the record the other one lives on in: an
 * order that waits for a customer who never comes, or whose customer is on the way out. `seen` are the merges that were dealt with.
 * Answers how many operations were led elsewhere.
 */
export async function redirectMerged(options: RedirectOptions, seen: Set<string>): Promise<number> {
  const merges: string[] = [];
  for (const { name } of options.crm()) {
    const told = { pool: inPool(name), errorCode: 'CRM_RECORD_MERGED', from: options.now() - LOOK_BACK_MS };
    const { items } = await options.store.listOperations(told, { limit: PAGE });
    merges.push(...items.map(({ operationId }) => operationId).filter((id) => !seen.has(id)));
  }
  if (merges.length === 0) return 0;
  let led = 0;
  for (const account of options.accounts) led += await redirectAccount(options, account);
  merges.forEach((id) => seen.add(id));
  return led;
}

async function redirectAccount(options: RedirectOptions, account: string): Promise<number> {
  const { store } = options;
  let led = 0;
  let after: string | undefined;
  do {
    const page = await store.listOperations({ pool: account, state: ['queued', 'retrying'] }, { limit: PAGE, after });
    const details = await Promise.all(page.items.map(({ operationId }) => store.getOperation(operationId)));
    led += await redirectAll(
      options,
      account,
      details.filter((one) => one !== null),
    );
    after = page.next ?? undefined;
  } while (after !== undefined);
  return led;
}

async function redirectAll(
  options: RedirectOptions,
  account: string,
  details: readonly OperationDetail[],
): Promise<number> {
  const mapped = details.filter(({ body }) => body !== null && !isUnmapped(body));
  const names = mapped.flatMap(({ body }) => referencesOf(body as DirectRecord));
  const merged = await options.findMerged(account, names);
  if (merged.size === 0) return 0;
  let led = 0;
  for (const detail of mapped) {
    const followed = withSurvivors(detail.body as DirectRecord, merged);
    if (followed === null) continue;
    await goOn(options, detail, followed);
    led += 1;
  }
  return led;
}

/** The same operation with the references as they are now; the old one gives way to it. A crash in between is made up by the next look. */
async function goOn(
  { store, flow, requiresMs, log }: RedirectOptions,
  old: OperationDetail,
  { body, warnings }: NonNullable<ReturnType<typeof withSurvivors>>,
): Promise<void> {
  const { pool, source, object, lane, operationId, full } = old;
  const named = old.flow === null ? undefined : flow(pool, old.flow);
  const origin = { pool, source, object, lane, requiresMs: requiresMs(), dedupeKey: `merged|${operationId}` };
  const operation = toOperation(body, {
    ...origin,
    ...(named ? { flow: named } : {}),
    warnings: [...old.warnings, ...warnings],
  });
  const traceId = randomBytes(16).toString('hex');
  await store.enqueue({ source, traceId, operations: [{ ...operation, ...(full ? { coalesce: true } : {}) }] });
  log.info({ operationId, object, externalId: old.externalId }, 'an operation follows a merge in the CRM');
  // What is complete takes the place of the old one by itself.
  if (!full) {
    const note = 'a record it names was merged in the CRM; it goes on with the one that is left';
    await store.cancel(operationId, { actor: 'relay', note });
  }
}
