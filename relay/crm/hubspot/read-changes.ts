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
 * Records by their last change, oldest first. A search shows `most` results: beyond them it begins again at the last moment seen, and
 * where one moment alone has as many (a mass update), it reads that moment by id. Its index lags behind by seconds, so the reader starts
 * with an overlap; archived records are not found at all.
 */
export async function* readHubSpotChanges(
  client: HubSpotClient,
  object: string,
  since: string,
  signal: AbortSignal,
  most = MOST,
): AsyncGenerator<CrmChange[]> {
  const search = { client, object, modified: modifiedOf(object), signal };
  for (let from = Date.parse(since); ;) {
    let seen = 0;
    let last = from;
    let after: string | undefined = '0';
    while (after !== undefined && seen + PAGE <= most) {
      const page: Page = await searchPage(search, [['GTE', from]], search.modified, after);
      if (page.changes.length > 0) {
        last = Date.parse(page.changes.at(-1)!.at);
        yield page.changes;
      }
      seen += page.changes.length;
      after = page.after;
    }
    if (after === undefined) return;
    if (last > from) from = last;
    else {
      yield* readMoment(search, from);
      from += 1;
    }
  }
}

interface Search {
  client: HubSpotClient;
  object: string;
  /** Property that holds the last change. */
  modified: string;
  signal: AbortSignal;
}

interface Page {
  changes: CrmChange[];
  after: string | undefined;
}

/** All that changed at one moment, by id: each search begins behind the last record of the one before. */
async function* readMoment(search: Search, moment: number): AsyncGenerator<CrmChange[]> {
  let id: string | undefined = '0';
  while (id !== undefined) {
    const at = [['GTE', moment], ['LTE', moment]] as const; // prettier-ignore
    const page: Page = await searchPage(search, at, 'hs_object_id', '0', id);
    if (page.changes.length > 0) yield page.changes;
    id = page.after === undefined ? undefined : page.changes.at(-1)?.id;
  }
}

async function searchPage(
  { client, object, modified, signal }: Search,
  at: readonly (readonly [operator: string, moment: number])[],
  sortBy: string,
  after: string,
  beyondId?: string,
): Promise<Page> {
  const moments = at.map(([operator, moment]) => ({ propertyName: modified, operator, value: String(moment) }));
  const beyond = beyondId === undefined ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: beyondId }];
  const body = {
    filterGroups: [{ filters: [...moments, ...beyond] }],
    sorts: [{ propertyName: sortBy, direction: 'ASCENDING' }],
    properties: [modified],
    limit: PAGE,
    after,
  };
  const answer = await searchPatiently(client, `/crm/v3/objects/${object}/search`, body, signal);
  return {
    changes: answer.results.map(({ id, updatedAt, properties }) => {
      const moment = new Date(properties[modified] ?? updatedAt);
      return { id, at: moment.toISOString(), deleted: false };
    }),
    after: answer.paging?.next?.after,
  };
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
