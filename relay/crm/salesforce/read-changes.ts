import type { CrmChange } from '../../delivery/crm-adapter';
import type { SalesforceClient } from './salesforce-client';

/**
 * Records by `SystemModstamp`, which every change moves, also one by a process. Deleted ones come from the recycle bin; one that was
 * merged names the record that is left.
 */
export async function* readSalesforceChanges(
  client: SalesforceClient,
  object: string,
  since: string,
  signal: AbortSignal,
): AsyncGenerator<CrmChange[]> {
  const { fields } = await client.shapeOf(object, signal);
  const columns = ['Id', 'SystemModstamp', 'IsDeleted', 'MasterRecordId', 'LastModifiedById'].filter((name) =>
    fields.has(name),
  );
  const ownUser = await client.userId(signal);
  const from = new Date(since).toISOString();
  const soql = `SELECT ${columns.join(', ')} FROM ${object} WHERE SystemModstamp >= ${from} ORDER BY SystemModstamp, Id`;
  for await (const page of client.query(soql, signal, true)) {
    yield page.map((record) => {
      const master = record['MasterRecordId'];
      return {
        id: String(record['Id']),
        at: new Date(String(record['SystemModstamp']).replace('+0000', 'Z')).toISOString(),
        deleted: record['IsDeleted'] === true,
        ...(typeof master === 'string' ? { mergedInto: master } : {}),
        // Our write, or what runs in the org because of it: that runs as our user.
        ...(ownUser !== null && record['LastModifiedById'] === ownUser ? { byMachine: true } : {}),
      };
    });
  }
}
