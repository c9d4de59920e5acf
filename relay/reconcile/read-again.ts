import { randomBytes } from 'node:crypto';
import type { Flow } from '../../flows';
import { hashOf, knowledgeKey } from '../../flows/conflict/knowledge';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { fetchOperation } from '../delivery/to-fetch';
import type { PullContext } from '../pull/read-once';
import { SIDES } from '../screening/screening';
import type { ShadowWrite } from '../store/types';
import type { Compared } from './compare-changes';

export interface InboundContext extends PullContext {
  /** The source whose records a CRM holds. */
  sourceOf: (crm: string) => string | null;
}

/**
 * Has records read from the CRM once more, and sent the usual way. What the relay believed NetSuite to hold is void: otherwise the record would be taken for unchanged, and not be sent.
 */
export async function readAgain(
  { store, account, now, sourceOf }: InboundContext,
  adapter: CrmAdapter,
  flow: Flow,
  again: readonly Compared[],
): Promise<number> {
  const source = sourceOf(adapter.name);
  if (source === null) return 0;
  const operations = again.map(({ crmId }) =>
    fetchOperation({
      crm: adapter.name,
      source,
      object: flow.object,
      id: crmId,
      notices: [`reconcile|${flow.id}|${crmId}|${now()}`],
      lane: 'bulk',
      deleted: false,
    }),
  );
  const shadows = again.map(({ expected }): ShadowWrite => ({
    pool: account,
    side: SIDES.netsuite,
    key: knowledgeKey(flow.id, expected.externalId),
    projection: {},
    hash: hashOf({}),
  }));
  await store.enqueue({ source: 'relay', traceId: randomBytes(16).toString('hex'), operations, shadows });
  return operations.length;
}
