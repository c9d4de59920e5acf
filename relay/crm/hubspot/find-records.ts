import type { FoundRecord } from '../../delivery/crm-adapter';

/** Inputs of one call. */
const BATCH = 100;
/** Values of one search, and the results of one page of it. */
const VALUES = 50;
const PAGE = 200;

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

/** Records by a property that is not unique. The index of the search lags seconds behind: it proposes, and proves nothing. */
export async function searchHubSpotRecords(
  post: (path: string, body: unknown) => Promise<unknown>,
  object: string,
  field: string,
  values: readonly string[],
): Promise<Map<string, FoundRecord[]>> {
  const found = new Map<string, FoundRecord[]>();
  for (let from = 0; from < values.length; from += VALUES) {
    // HubSpot compares the values of IN in lower case only.
    const wanted = values.slice(from, from + VALUES).map((value) => value.toLowerCase());
    const filters = [{ propertyName: field, operator: 'IN', values: wanted }];
    const body = { filterGroups: [{ filters }], properties: [field], limit: PAGE };
    const { results } = (await post(`/crm/v3/objects/${object}/search`, body)) as ReadAnswer;
    for (const record of results) {
      const key = (record.properties[field] ?? '').toLowerCase();
      found.set(key, [...(found.get(key) ?? []), { id: record.id, fields: record.properties }]);
    }
  }
  return found;
}
