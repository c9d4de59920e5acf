import type { CrmChange } from '../../delivery/crm-adapter';
import type { HubSpotClient } from './hubspot-client';
import { searchPatiently } from './search-patiently';

const PAGE = 200;

/** Contacts alone keep the name of their old API. */
const modifiedOf = (object: string): string => (object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate');

interface SearchAnswer {
  results: { id: string; updatedAt: string; properties: Record<string, string | null> }[];
  paging?: { next?: { after: string } };
}

/**
 * Records by their last change, oldest first. Each search begins at the last moment seen, never by an offset: a record that is saved while
 * we read moves to the end, all behind it move up by one, and an offset would leave one out. So the 10,000 results that a search shows
 * are no limit either. Where one moment alone fills a page (a mass update), it is read by id. The index lags behind by seconds, so the
 * reader starts with an overlap; archived records are not found at all.
 */
export async function* readHubSpotChanges(
  client: HubSpotClient,
  object: string,
  since: string,
  signal: AbortSignal,
): AsyncGenerator<CrmChange[]> {
  const search = { client, object, modified: modifiedOf(object), signal };
  let from = Date.parse(since);
  /** What has been told of the moment `from`. */
  let told = new Set<string>();
  for (;;) {
    const { changes, after } = await searchPage(search, [['GTE', from]], search.modified);
    yield* unlessEmpty(changes.filter(({ id, at }) => Date.parse(at) !== from || !told.has(id)));
    if (after === undefined) return;
    const last = Date.parse(changes.at(-1)!.at);
    const ofLast = changes.filter(({ at }) => Date.parse(at) === last).map(({ id }) => id);
    told = new Set(last > from ? ofLast : [...told, ...ofLast]);
    if (last > from) from = last;
    else {
      for await (const page of readMoment(search, from)) yield* unlessEmpty(page.filter(({ id }) => !told.has(id)));
      from += 1;
      told.clear();
    }
  }
}

function* unlessEmpty(changes: CrmChange[]): Generator<CrmChange[]> {
  if (changes.length > 0) yield changes;
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
    const page: Page = await searchPage(search, at, 'hs_object_id', id);
    yield* unlessEmpty(page.changes);
    id = page.after === undefined ? undefined : page.changes.at(-1)?.id;
  }
}

async function searchPage(
  { client, object, modified, signal }: Search,
  at: readonly (readonly [operator: string, moment: number])[],
  sortBy: string,
  beyondId?: string,
): Promise<Page> {
  const moments = at.map(([operator, moment]) => ({ propertyName: modified, operator, value: String(moment) }));
  const beyond = beyondId === undefined ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: beyondId }];
  const body = {
    filterGroups: [{ filters: [...moments, ...beyond] }],
    sorts: [{ propertyName: sortBy, direction: 'ASCENDING' }],
    properties: [modified],
    limit: PAGE,
  };
  const found = await searchPatiently(client, `/crm/v3/objects/${object}/search`, body, signal);
  const answer = found as SearchAnswer;
  return {
    changes: answer.results.map(({ id, updatedAt, properties }) => {
      const moment = new Date(properties[modified] ?? updatedAt);
      return { id, at: moment.toISOString(), deleted: false };
    }),
    after: answer.paging?.next?.after,
  };
}
