import type { FoundRecord } from '../../delivery/crm-adapter';

/** Inputs of one call. */
const BATCH = 100;
/** Values of one search, and the results of one page of it. */
const VALUES = 50;
const PAGE = 200;
/** Results that one search shows over all its pages. */
const MOST = 10_000;
/** What the values of one search may take of its body, which HubSpot reads up to 3,000 characters of (CRM search guide, "Limits"). */
const CHARACTERS = 2_600;

interface ReadAnswer {
  results: { id: string; properties: Record<string, string | null> }[];
}
interface SearchAnswer extends ReadAnswer {
  paging?: { next?: { after: string } };
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
  // HubSpot compares the values of IN in lower case only.
  for (const wanted of chunked([...new Set(values.map((value) => value.toLowerCase()))])) {
    const filters = [{ propertyName: field, operator: 'IN', values: wanted }];
    let after: string | undefined;
    do {
      const body = { filterGroups: [{ filters }], properties: [field], limit: PAGE, ...(after ? { after } : {}) };
      const page = (await post(`/crm/v3/objects/${object}/search`, body)) as SearchAnswer;
      for (const record of page.results) {
        const key = (record.properties[field] ?? '').toLowerCase();
        found.set(key, [...(found.get(key) ?? []), { id: record.id, fields: record.properties }]);
      }
      after = page.paging?.next?.after;
    } while (after !== undefined && Number(after) + PAGE <= MOST);
  }
  return found;
}

/** The values in as many searches as their number and length need. */
function chunked(values: readonly string[]): string[][] {
  const parts: string[][] = [];
  let left = 0;
  for (const value of values) {
    const size = JSON.stringify(value).length + 1;
    const part = parts.at(-1);
    if (part && part.length < VALUES && size <= left) {
      part.push(value);
      left -= size;
    } else {
      parts.push([value]);
      left = CHARACTERS - size;
    }
  }
  return parts;
}
