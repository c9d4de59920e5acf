import { buildExternalId } from '../../flows';
import type { DirectRecord } from '../../contract';
import type { NewOperation, Store, TakenOperation } from '../store/types';
import type { DeliveryBody } from './write-to-crm';

/** A record of NetSuite that a CRM was given a copy of, and that is to know it. */
export interface LinkBack {
  account: string;
  recordType: string;
  internalId: string;
  /** Of the external id: kind of CRM record, and the environment's own ending. */
  prefix: string;
  suffix?: string;
}

export interface LinkStore {
  store: Pick<Store, 'enqueue'>;
  /** The source whose records the CRM holds. */
  source: string;
}

/** An operation the CRM has carried out, with the id of its record there. */
export interface Written {
  operation: TakenOperation;
  crmId: string | null;
}

/**
 * Has NetSuite's record carry the id of the CRM record that was made of it: the same write again, after a crash, adds nothing. From then
 * on the pair is like any other, whichever way a change comes.
 */
export async function linkWritten({ store, source }: LinkStore, written: readonly Written[]): Promise<void> {
  for (const { operation, crmId } of written) {
    const { link } = JSON.parse(operation.body) as DeliveryBody;
    if (!link || crmId === null) continue;
    await store.enqueue({
      source,
      traceId: operation.traceId,
      operations: [linkOperation(link, source, operation, crmId)],
    });
  }
}

function linkOperation(link: LinkBack, source: string, operation: TakenOperation, crmId: string): NewOperation {
  const { account, recordType, internalId, prefix, suffix } = link;
  const externalId = buildExternalId(prefix, crmId, { externalIdSuffix: suffix });
  const body: DirectRecord = { recordType, action: 'update', key: { externalId, crmId, internalId }, fields: {} };
  return {
    pool: account,
    source,
    object: operation.object,
    lane: 'realtime',
    recordType,
    action: 'update',
    externalId,
    crmId,
    body,
    full: false,
    onFailure: 'hold',
    dedupeKey: `link|${operation.operationId}`,
  };
}
