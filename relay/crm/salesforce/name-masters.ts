import type { CrmChange } from '../../delivery/crm-adapter';
import type { SalesforceClient } from './salesforce-client';

/** Ids of one query: the whole of it goes through the URL. */
const IDS = 200;

/** A change event tells a merge as a deletion. The deleted record, in the recycle bin, names the one it was merged into. */
export async function nameMasters(
  client: SalesforceClient,
  object: string,
  changes: readonly CrmChange[],
  signal: AbortSignal,
): Promise<CrmChange[]> {
  const gone = [...new Set(changes.flatMap(({ id, deleted }) => (deleted ? [id] : [])))];
  if (gone.length === 0 || !(await client.shapeOf(object, signal)).fields.has('MasterRecordId')) return [...changes];
  const masters = new Map<string, string>();
  for (let from = 0; from < gone.length; from += IDS) {
    const ids = gone
      .slice(from, from + IDS)
      .map((id) => `'${id}'`)
      .join(', ');
    const soql = `SELECT Id, MasterRecordId FROM ${object} WHERE Id IN (${ids})`;
    for await (const page of client.query(soql, signal, true))
      for (const { Id, MasterRecordId } of page)
        if (typeof MasterRecordId === 'string') masters.set(String(Id), MasterRecordId);
  }
  return changes.map((change) => {
    const mergedInto = change.deleted ? masters.get(change.id) : undefined;
    return mergedInto === undefined ? change : { ...change, mergedInto };
  });
}
