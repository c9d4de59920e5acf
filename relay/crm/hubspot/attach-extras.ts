import type { FoundRecord } from '../../delivery/crm-adapter';
import type { CrmAnswer } from '../http-call';
import { readLinks } from './read-links';

type Records = ReadonlyMap<string, Record<string, unknown>>;
interface Calls {
  post: (path: string, body: unknown) => Promise<CrmAnswer>;
  get: (path: string) => Promise<CrmAnswer>;
}

/** Association type of a company to its parent (HubSpot's association types). */
const CHILD_TO_PARENT = 14;

/** The company above each company, under `associations.parent_companies`. */
export async function attachParents(calls: Calls, found: Records): Promise<void> {
  const links = await readLinks(calls.post, 'companies', 'companies', [...found.keys()]);
  for (const [id, list] of links) {
    const parents = list.filter(({ associationTypes }) =>
      associationTypes.some(({ category, typeId }) => category === 'HUBSPOT_DEFINED' && typeId === CHILD_TO_PARENT),
    );
    const results = parents.map(({ toObjectId }) => ({ id: String(toObjectId), type: 'child_to_parent_company' }));
    const record = found.get(id);
    if (record)
      record['associations'] = { ...(record['associations'] as object | undefined), parent_companies: { results } };
  }
}

/** Name under which owners are looked up; they are no CRM object. */
export const OWNERS = 'owners';

/** Time the list of owners is believed, in ms. */
const OWNERS_MS = 3_600_000;
const PAGE = 500;

/** E-mail of the owners, read once an hour; somebody who has left is nobody. */
export class OwnerBook {
  #emails: ReadonlyMap<string, string> = new Map();
  #readAt = -Infinity;
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Puts `owner: { email }` on every record that has a `hubspot_owner_id`. */
  async attach(calls: Calls, found: Records): Promise<void> {
    const owned = [...found.values()].flatMap((record) => {
      const id = (record['properties'] as Record<string, unknown> | undefined)?.['hubspot_owner_id'];
      return typeof id === 'string' && id !== '' ? [{ record, id }] : [];
    });
    if (owned.length === 0) return;
    if (this.#now() - this.#readAt > OWNERS_MS) await this.#read(calls);
    for (const { record, id } of owned) record['owner'] = { id, email: this.#emails.get(id) ?? null };
  }

  /** Owners by their e-mail; keyed by it in lower case. */
  async find(get: Calls['get'], emails: readonly string[]): Promise<Map<string, FoundRecord[]>> {
    if (this.#now() - this.#readAt > OWNERS_MS) await this.#read({ get });
    const wanted = new Set(emails.map((email) => email.toLowerCase()));
    const found = new Map<string, FoundRecord[]>();
    for (const [id, email] of this.#emails) {
      const key = email.toLowerCase();
      if (wanted.has(key)) found.set(key, [...(found.get(key) ?? []), { id, fields: { email } }]);
    }
    return found;
  }

  async #read(calls: Pick<Calls, 'get'>): Promise<void> {
    const emails = new Map<string, string>();
    let after: string | undefined;
    do {
      const query = new URLSearchParams({ limit: String(PAGE), ...(after === undefined ? {} : { after }) });
      const { body } = await calls.get(`/crm/v3/owners?${query.toString()}`);
      const page = body as OwnerPage;
      for (const { id, email } of page.results) if (email) emails.set(String(id), email);
      after = page.paging?.next?.after;
    } while (after !== undefined);
    this.#emails = emails;
    this.#readAt = this.#now();
  }
}

interface OwnerPage {
  results: { id: string | number; email?: string | null }[];
  paging?: { next?: { after: string } };
}
