import type { CrmWrite, CrmWriteOutcome } from '../../delivery/crm-adapter';
import type { SalesforceClient } from './salesforce-client';
import { rowFault } from './salesforce-faults';
import { COLLECTION, type Outcomes } from './write-collections';

interface CreatedRow {
  id?: string;
  success: boolean;
  errors: unknown[];
}

/** Whether a write is a creation of a kind of record that has no external id, such as a dated rate: it was looked for, and is not there. */
export const isPlainCreation = ({ crmId, match, create }: CrmWrite): boolean =>
  crmId === null && match === null && create === true;

/** Creates records in calls of 200. */
export async function createRecords(
  client: SalesforceClient,
  object: string,
  items: readonly CrmWrite[],
  signal: AbortSignal,
): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  for (let from = 0; from < items.length; from += COLLECTION) {
    const part = items.slice(from, from + COLLECTION);
    const records = part.map(({ fields }) => ({ attributes: { type: object }, ...fields }));
    const path = client.data('/composite/sobjects');
    const { body } = await client.call('POST', path, { body: { allOrNone: false, records } }, signal);
    part.forEach(({ operationId }, at) => outcomes.set(operationId, outcomeOf((body as CreatedRow[])[at])));
  }
  return outcomes;
}

function outcomeOf(row: CreatedRow | undefined): CrmWriteOutcome {
  if (row?.success) return { ok: true, crmId: row.id ?? null, status: 'created' };
  return { ok: false, fault: rowFault(row?.errors ?? []) };
}
