import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DirectRecord } from '../../contract';
import type { Flow } from '../../flows';
import type { CrmConfig } from '../config/schema-crm';
import { inPool } from '../delivery/pools';
import { idOfMerged, MERGED_SIDE } from '../delivery/to-fetch';
import { isUnmapped, toOperation } from '../http/accept/to-operation';
import { referencesOf, withSurvivors, type FindMerged } from '../screening/follow-merges';
import type { OperationDetail, Store } from '../store/types';

export interface RedirectOptions {
  store: Pick<Store, 'shadowsSince' | 'findNaming' | 'getOperation' | 'enqueue' | 'cancel'>;
  accounts: readonly string[];
  crm: () => readonly Pick<CrmConfig, 'name'>[];
  flow: (account: string, id: string) => Flow | undefined;
  findMerged: FindMerged;
  /** Longest wait for required records, in ms. */
  requiresMs: () => number;
  log: Logger;
  now: () => number;
}

/** Merges are looked at anew for so long after a start, in ms: a relay that ended meanwhile may have followed none of them. */
const LOOK_BACK_MS = 3_600_000;

/**
 * What was accepted before its CRM merged a record it names, and is not under way yet, goes to the record the other one lives on in: an
 * order that waits for a customer who never comes, or whose customer is on the way out. `seen` are the merges that were dealt with.
 * Answers how many operations were led elsewhere.
 */
export async function redirectMerged(options: RedirectOptions, seen: Set<string>): Promise<number> {
  const merges = new Map<string, string>();
  for (const { name } of options.crm()) {
    const pool = inPool(name);
    for (const { key, hash } of await options.store.shadowsSince(pool, MERGED_SIDE, options.now() - LOOK_BACK_MS))
      if (!seen.has(`${pool} ${key} ${hash}`)) merges.set(`${pool} ${key} ${hash}`, idOfMerged(key));
  }
  if (merges.size === 0) return 0;
  const led = await redirectNaming(options, [...merges.values()]);
  for (const merge of merges.keys()) seen.add(merge);
  return led;
}

async function redirectNaming(options: RedirectOptions, ids: readonly string[]): Promise<number> {
  const { store, accounts } = options;
  let led = 0;
  let after: string | undefined;
  do {
    const { found, next } = await store.findNaming(ids, after);
    for (const account of accounts) {
      const own = found.filter(({ pool }) => pool === account);
      const details = await Promise.all(own.map(({ operationId }) => store.getOperation(operationId)));
      const known = details.filter((one) => one !== null);
      if (known.length > 0) led += await redirectAll(options, account, known);
    }
    after = next ?? undefined;
    // The embedded store reads in this thread: others have their turn between two steps.
    await setImmediate();
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
