import type { CrmConfig } from '../config/schema-crm';
import { inPool } from '../delivery/pools';
import { mergedKey, MERGED_SIDE } from '../delivery/to-fetch';
import type { KeySource } from '../http/services';
import type { FindMerged, MergedRecord } from '../screening/follow-merges';
import type { Store } from '../store/types';

export interface FindMergedOptions {
  store: Pick<Store, 'getShadows'>;
  crm: () => readonly Pick<CrmConfig, 'name' | 'kind'>[];
  /** Which record of a CRM an external id speaks of. */
  sourceOfKey: (account: string, recordType: string, externalId: string) => KeySource | null;
}

/** A record that was merged into one that was merged, and so on: more often than this nobody merges. */
const LONGEST_CHAIN = 10;

/** Looks records up in the merge map of their CRM; of a chain of merges the last record counts. */
export const findMergedIn =
  ({ store, crm, sourceOfKey }: FindMergedOptions): FindMerged =>
  async (account, names) => {
    const open = new Map<string, { source: KeySource; id: string }>();
    for (const { recordType, externalId } of names) {
      const source = sourceOfKey(account, recordType, externalId);
      if (source) open.set(externalId, { source, id: source.crmId });
    }
    const merged = new Map<string, MergedRecord>();
    for (let round = 0; open.size > 0 && round < LONGEST_CHAIN; round += 1) {
      const into = await lookUp(store, crm(), [...open.values()]);
      for (const [externalId, one] of open) {
        const next = into.get(mergedKey(one.source.object, one.id));
        if (next === undefined) {
          open.delete(externalId);
          continue;
        }
        const { object, crmId, keyOf } = one.source;
        merged.set(externalId, { object, from: crmId, into: next, externalId: keyOf(next) });
        open.set(externalId, { ...one, id: next });
      }
    }
    return merged;
  };

async function lookUp(
  store: FindMergedOptions['store'],
  crm: readonly Pick<CrmConfig, 'name' | 'kind'>[],
  wanted: readonly { source: KeySource; id: string }[],
): Promise<Map<string, string>> {
  const byPool = new Map<string, Set<string>>();
  for (const { source, id } of wanted)
    for (const { name } of crm.filter(({ name, kind }) => name === source.crm || kind === source.crm))
      byPool.set(inPool(name), (byPool.get(inPool(name)) ?? new Set()).add(mergedKey(source.object, id)));
  const into = new Map<string, string>();
  for (const [pool, keys] of byPool) {
    const rows = await store.getShadows(
      pool,
      [...keys].map((key) => ({ side: MERGED_SIDE, key })),
    );
    for (const { key, projection } of rows) into.set(key, String(projection['into']));
  }
  return into;
}
