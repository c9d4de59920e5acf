import type { FoundRecord } from '../../delivery/crm-adapter';

/** Inputs of one call. */
const BATCH = 100;

interface ReadAnswer {
  results: { id: string; properties: Record<string, string | null> }[];
}

/** Records by id or by a unique property: a batch read, because search lags behind what was just written. */
export async function findHubSpotRecords(
  post: (path: string, body: unknown) => Promise<unknown>,
  object: string,
  field: string,
  values: readonly string[],
  properties: readonly string[],
): Promise<Map<string, FoundRecord[]>> {
  const found = new Map<string, FoundRecord[]>();
  const byId = field === 'id';
  for (let from = 0; from < values.length; from += BATCH) {
    const inputs = values.slice(from, from + BATCH).map((id) => ({ id }));
    const body = {
      properties: [...new Set([...(byId ? [] : [field]), ...properties])],
      inputs,
      ...(byId ? {} : { idProperty: field }),
    };
    const { results } = (await post(`/crm/v3/objects/${object}/batch/read`, body)) as ReadAnswer;
    for (const record of results) {
      const key = (byId ? record.id : (record.properties[field] ?? '')).toLowerCase();
      found.set(key, [...(found.get(key) ?? []), { id: record.id, fields: record.properties }]);
    }
  }
  return found;
}
