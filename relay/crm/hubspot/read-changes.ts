import type { CrmChange } from '../../delivery/crm-adapter';
import type { HubSpotClient } from './hubspot-client';

const PAGE = 200;
/** A search shows its first so many results only. */
const MOST = 10_000;

/** Contacts alone keep the name of their old API. */
const modifiedOf = (object: string): string => (object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate');

interface SearchAnswer {
  results: { id: string; updatedAt: string; properties: Record<string, string | null> }[];
  paging?: { next?: { after: string } };
}

/**
 * Records by their last change, oldest first. A search shows 10,000 results at most: beyond them it begins again at the last moment
 * seen. Its index lags behind by seconds, so the reader starts with an overlap; archived records are not found at all.
 */
export async function* readHubSpotChanges(
  client: HubSpotClient,
  object: string,
  since: string,
  signal: AbortSignal,
): AsyncGenerator<CrmChange[]> {
  const propertyName = modifiedOf(object);
  let from = Date.parse(since);
  for (;;) {
    let seen = 0;
    let last = from;
    let after: string | undefined = '0';
    while (after !== undefined && seen + PAGE <= MOST) {
      const body = {
        filterGroups: [{ filters: [{ propertyName, operator: 'GTE', value: String(from) }] }],
        sorts: [{ propertyName, direction: 'ASCENDING' }],
        properties: [propertyName],
        limit: PAGE,
        after,
      };
      const answer = (await client.post(`/crm/v3/objects/${object}/search`, body, signal)).body as SearchAnswer;
      const changes = answer.results.map(({ id, updatedAt, properties }) => {
        const at = new Date(properties[propertyName] ?? updatedAt);
        return { id, at: at.toISOString(), deleted: false };
      });
      if (changes.length > 0) {
        last = Date.parse(changes.at(-1)!.at);
        yield changes;
      }
      seen += changes.length;
      after = answer.paging?.next?.after;
    }
    if (after === undefined || last === from) return;
    from = last;
  }
}
