import type { CrmAnswer } from '../http-call';

/** Records one call asks for: HubSpot takes no more since January 2025 (developer changelog, batch read of associations). */
const BATCH = 100;

export interface AssociationType {
  category: string;
  typeId: number;
}

/** What a record is associated with, and how. */
export interface Link {
  toObjectId: string | number;
  associationTypes: AssociationType[];
}

interface LinksAnswer {
  results: { from: { id: string | number }; to: Link[]; paging?: { next?: { after: string } } }[];
  errors?: { category?: string; subCategory?: string; message?: string; context?: { fromObjectId?: string[] } }[];
}

/** HubSpot could not read the associations of some records: without them a record would lose its company or some of its lines. */
class LinksUnread extends Error {}

/** How a 207 says of records that they have none ("No company is associated with contact 1."). */
const NONE = 'crm.associations.NO_ASSOCIATIONS_FOUND';

/**
 * All associations of records with another object: a record with many has its own pages, each asked for by `after` beside its id. Empty
 * for one of which HubSpot says so.
 */
export async function readLinks(
  post: (path: string, body: unknown) => Promise<CrmAnswer>,
  from: string,
  to: string,
  ids: readonly string[],
): Promise<Map<string, Link[]>> {
  const found = new Map<string, Link[]>();
  let open: { id: string; after?: string }[] = ids.map((id) => ({ id }));
  while (open.length > 0) {
    const inputs = open.slice(0, BATCH);
    open = open.slice(BATCH);
    const { body } = await post(`/crm/v4/associations/${from}/${to}/batch/read`, { inputs });
    const { results, errors = [] } = body as LinksAnswer;
    for (const { category, subCategory, message, context } of errors) {
      if (subCategory === NONE)
        for (const id of context?.fromObjectId ?? []) found.set(String(id), found.get(String(id)) ?? []);
      else if (category !== 'OBJECT_NOT_FOUND')
        throw new LinksUnread(`HubSpot did not read ${to} of ${from}: ${message ?? category ?? 'no reason given'}`);
    }
    for (const { from: source, to: links, paging } of results) {
      const id = String(source.id);
      found.set(id, [...(found.get(id) ?? []), ...links]);
      const after = paging?.next?.after;
      if (after !== undefined) open.push({ id, after });
    }
  }
  return found;
}
