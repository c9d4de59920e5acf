import type { CrmAnswer } from '../http-call';
import { readLinks, type AssociationType } from './read-links';

/** Type ids of primary companies (HubSpot's association types). The unlabelled ones are 279, 341 and 339. */
const PRIMARY_TYPES: Readonly<Record<string, number>> = { contacts: 1, deals: 5, tickets: 26 };
const SINGULAR: Readonly<Record<string, string>> = {
  companies: 'company',
  contacts: 'contact',
  deals: 'deal',
  tickets: 'ticket',
  notes: 'note',
  line_items: 'line_item',
  orders: 'order',
  quotes: 'quote',
};
const singular = (object: string): string => SINGULAR[object] ?? object;

/** Associations in the form a single read returns them: `{id, type}`, the primary company named as such. */
export async function readAssociations(
  post: (path: string, body: unknown) => Promise<CrmAnswer>,
  from: string,
  to: string,
  ids: readonly string[],
): Promise<Map<string, { id: string; type: string }[]>> {
  const plain = `${singular(from)}_to_${singular(to)}`;
  const links = await readLinks(post, from, to, ids);
  return new Map(
    [...links].map(([id, targets]) => [
      id,
      targets.flatMap(({ toObjectId, associationTypes }) =>
        associationTypes.map((one) => ({
          id: String(toObjectId),
          type: to !== 'companies' || isPrimary(from, one) ? plain : `${plain}_unlabeled`,
        })),
      ),
    ]),
  );
}

/** The labels of a portal are numbered from 1 as well; only HubSpot's own type says that a company is the primary one. */
const isPrimary = (from: string, { category, typeId }: AssociationType): boolean =>
  category === 'HUBSPOT_DEFINED' && typeId === PRIMARY_TYPES[from];
