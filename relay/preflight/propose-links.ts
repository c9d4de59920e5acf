import type { Identity } from './identity';

export interface CrmSide extends Identity {
  crmId: string;
  externalId: string | null;
  /** External id of the customer that a contact is of. */
  company?: string | undefined;
  label: string;
}

export interface NetSuiteSide extends Identity {
  internalId: string;
  externalId: string | null;
  crmId: string | null;
  /** Internal id of the customer that a contact is of. */
  company?: string | undefined;
  label: string;
}

export interface Proposal {
  crmId: string;
  crmName: string;
  internalId: string;
  netsuiteName: string;
  /** What agrees: `email`, `domain+name`, … */
  by: string;
  /** `sure`: nothing else fits on either side. `ask`: a person should look. */
  confidence: 'sure' | 'ask';
}

export interface LinkPlan {
  /** Linked already, by external id or CRM id. */
  linked: number;
  proposals: Proposal[];
  /** More than one record fits, on either side: nothing is proposed. `internalIds` are the first of `fits`. */
  ambiguous: { crmId: string; crmName: string; internalIds: string[]; fits: number; by: string }[];
  /** Nothing in NetSuite fits: they would be created. */
  unmatched: number;
}

/** Ids that are listed of records which fit: where thousands have one name, each would list all the others. */
export const MOST_LISTED = 20;

/** What two records may agree in, strongest first. Name alone only proposes. */
const RULES: readonly { by: string; sure: boolean; key: (one: Identity) => string }[] = [
  { by: 'email', sure: true, key: ({ email }) => email },
  { by: 'domain+name', sure: true, key: ({ domain, name }) => (domain && name ? `${domain}|${name}` : '') },
  { by: 'phone+name', sure: true, key: ({ phone, name }) => (phone && name ? `${phone}|${name}` : '') },
  { by: 'name', sure: false, key: ({ name }) => name },
  { by: 'domain', sure: false, key: ({ domain }) => domain },
];

function index<T extends Identity>(list: readonly T[], key: (one: Identity) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of list) {
    const value = key(one);
    if (value === '') continue;
    const same = found.get(value);
    if (same) same.push(one);
    else found.set(value, [one]);
  }
  return found;
}

/**
 * Which records of the CRM and of NetSuite are the same company. Proposes a pair only when each side fits the other alone; a record that
 * fits several stays a person's matter. Decides nothing.
 */
export function proposeLinks(crm: readonly CrmSide[], netsuite: readonly NetSuiteSide[]): LinkPlan {
  const externalIds = new Set(netsuite.flatMap(({ externalId }) => externalId?.toUpperCase() ?? []));
  const crmIds = new Set(netsuite.flatMap(({ crmId }) => crmId ?? []));
  const isLinked = ({ externalId, crmId }: CrmSide): boolean =>
    crmIds.has(crmId) || (externalId !== null && externalIds.has(externalId.toUpperCase()));
  const open = crm.filter((one) => !isLinked(one));
  const free = netsuite.filter(({ crmId }) => crmId === null);
  const tables = RULES.map((rule) => ({ ...rule, ours: index(open, rule.key), theirs: index(free, rule.key) }));
  const plan: LinkPlan = { linked: crm.length - open.length, proposals: [], ambiguous: [], unmatched: 0 };
  const taken = new Set<string>();
  for (const one of open) {
    const hit = tables.find(({ key, theirs }) => theirs.has(key(one)));
    if (!hit) {
      plan.unmatched += 1;
      continue;
    }
    const key = hit.key(one);
    const theirs = hit.theirs.get(key)!;
    // Where several of ours have the key nothing is proposed, and nothing is looked through for each of them.
    const isAlone = hit.ours.get(key)!.length === 1;
    const [only, another] = isAlone ? theirs.filter(({ internalId }) => !taken.has(internalId)) : [];
    if (!only || another) {
      const internalIds = theirs.slice(0, MOST_LISTED).map(({ internalId }) => internalId);
      plan.ambiguous.push({ crmId: one.crmId, crmName: one.label, internalIds, fits: theirs.length, by: hit.by });
      continue;
    }
    taken.add(only.internalId);
    plan.proposals.push({
      crmId: one.crmId,
      crmName: one.label,
      internalId: only.internalId,
      netsuiteName: only.label,
      by: hit.by,
      confidence: hit.sure ? 'sure' : 'ask',
    });
  }
  return plan;
}

/** Records of one side that look like the same company. */
export function findDuplicates<T extends Identity & { label: string }>(
  list: readonly T[],
  idOf: (one: T) => string,
): { by: string; value: string; ids: string[] }[] {
  return RULES.filter(({ by }) => by !== 'domain').flatMap(({ by, key }) =>
    [...index(list, key)].flatMap(([value, same]) =>
      same.length > 1 ? [{ by, value: value.replace('|', ', '), ids: same.map(idOf) }] : [],
    ),
  );
}
