import { crmIdOfKey } from '../../flows/crm-id-of-key';
import type { Flow } from '../../flows';
import { pathName } from '../../flows/read-path';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { inPool } from '../delivery/pools';
import { readRecordsOfPeriod } from '../netsuite';
import type { PullContext } from '../pull/read-once';
import type { Drift } from './report';

/** Records of one reading of the CRM. */
const STEP = 100;
const OWN_ID = new Set(['Id', 'id']);

/**
 * Records of NetSuite, changed there within the time, whose original the CRM no longer has. Those that a person decides about already,
 * or has decided, are left out; nothing is ever deleted.
 */
export async function findVanished(
  context: PullContext,
  adapter: CrmAdapter,
  flow: Flow,
  { since, until, seen }: { since: string; until: string; seen: ReadonlySet<string> },
  signal: AbortSignal,
): Promise<Drift[]> {
  // Some flows know a record by another one's id: what becomes of that one is its own flow's matter.
  if (!OWN_ID.has(pathName(flow.key.from))) return [];
  const suffix = context.set().context.settings['externalIdSuffix'];
  const gone: Drift[] = [];
  for await (const rows of readRecordsOfPeriod(context, flow.recordType, { from: since, to: until })) {
    const open = rows.flatMap(({ externalId, internalId }) => {
      const crmId = crmIdOfKey(externalId, flow.key.prefix, suffix);
      return crmId === null || seen.has(crmId) ? [] : [{ crmId, internalId, externalId: externalId ?? '' }];
    });
    for (let from = 0; from < open.length; from += STEP) {
      const part = open.slice(from, from + STEP);
      const ids = part.map(({ crmId }) => crmId);
      const there = await adapter.readRecords(flow.object, ids, signal);
      for (const { crmId, internalId, externalId } of part.filter((one) => !there.has(one.crmId))) {
        if (await isDecided(context, adapter.name, flow.object, crmId)) continue;
        const known = { flow: flow.id, crm: adapter.name, object: flow.object, rowKey: externalId };
        gone.push({ kind: 'missingInCrm', ...known, crmId, internalId });
      }
    }
  }
  return gone;
}

/** A deletion or merge that the CRM told of lies in review, or was resolved there. */
async function isDecided({ store }: PullContext, crm: string, object: string, crmId: string): Promise<boolean> {
  const externalId = `${object}_${crmId}`.toUpperCase();
  const { items } = await store.listOperations({ pool: inPool(crm), crmId, externalId }, { limit: 5 });
  return items.some(({ error }) => error?.code === 'CRM_RECORD_DELETED' || error?.code === 'CRM_RECORD_MERGED');
}
