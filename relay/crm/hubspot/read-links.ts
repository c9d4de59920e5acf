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
}

/** All associations of records with another object: a record with many has its own pages, each asked for by `after` beside its id. */
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
    for (const { from: source, to: links, paging } of (body as LinksAnswer).results) {
      const id = String(source.id);
      found.set(id, [...(found.get(id) ?? []), ...links]);
      const after = paging?.next?.after;
      if (after !== undefined) open.push({ id, after });
    }
  }
  return found;
}
