import { setTimeout as sleep } from 'node:timers/promises';
import type { CrmChange } from '../../delivery/crm-adapter';
import { CrmCallError } from '../http-call';
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
      const answer = await searchPatiently(client, `/crm/v3/objects/${object}/search`, body, signal);
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

/** HubSpot takes five searches a second of a portal, whoever asks: the second passes. In ms. */
const SECOND_MS = 1_100;
const SEARCHES = 5;

/** A search that meets the limit of the second waits for the next one; other limits are the caller's matter. */
async function searchPatiently(
  client: HubSpotClient,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await client.post(path, body, signal)).body as SearchAnswer;
    } catch (error) {
      const policy = error instanceof CrmCallError && error.status === 429 ? policyOf(error.body) : null;
      if (policy !== 'SECONDLY' || attempt >= SEARCHES) throw error;
      await sleep(SECOND_MS, undefined, { signal });
    }
  }
}

const policyOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'policyName' in body ? body.policyName : null;
