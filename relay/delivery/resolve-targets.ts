import { fillLookups } from './fill-lookups';
import { refuseLikenesses } from './refuse-likenesses';
import type { CrmAdapter, CrmFault, CrmWrite, CrmWriteOutcome, FoundRecord } from './crm-adapter';

export interface ResolvedTargets {
  /** What is left to write: with the id where the CRM has the record, with what only a new one is given where it has not. */
  items: CrmWrite[];
  /** What is decided without a write, by operation. */
  outcomes: Map<string, CrmWriteOutcome>;
}

/**
 * Looks the records of a batch up, where it matters whether the CRM has them already: a product may be there under its SKU, and some
 * values are refused on a record that exists. Costs a read per field, whatever the batch.
 */
export async function resolveTargets(
  adapter: CrmAdapter,
  object: string,
  items: readonly CrmWrite[],
  signal: AbortSignal,
): Promise<ResolvedTargets> {
  const open = items.filter(needsLookup);
  const resolved: ResolvedTargets = { items: items.filter((item) => !needsLookup(item)), outcomes: new Map() };
  if (open.length === 0) return resolved;
  if (!adapter.findRecords) return { ...resolved, items: [...items] };
  const found = new Map<string, FoundRecord[]>();
  let rest = open;
  const longest = Math.max(...open.map((item) => matchesOf(item).length));
  for (let step = 0; step < longest && rest.length > 0; step += 1) {
    for (const [field, asking] of byField(rest, step)) {
      const values = [...new Set(asking.map((item) => matchesOf(item)[step]!.value))];
      const firsts = step === 0 ? [] : [...new Set(asking.flatMap(({ match }) => match?.field ?? []))];
      const hits = await adapter.findRecords(object, field, values, firsts, signal);
      for (const item of asking) {
        const named = hits.get(matchesOf(item)[step]!.value.toLowerCase()) ?? [];
        found.set(item.operationId, step === 0 ? named : named.filter((hit) => !isAnothers(hit, item)));
      }
    }
    rest = rest.filter((item) => (found.get(item.operationId) ?? []).length === 0);
  }
  for (const item of open) place(resolved, item, found.get(item.operationId) ?? []);
  const created = resolved.items.filter(({ crmId, create }) => crmId === null && create === true);
  for (const [id, outcome] of await refuseLikenesses(adapter, object, created, signal)) {
    resolved.outcomes.set(id, outcome);
    resolved.items = resolved.items.filter(({ operationId }) => operationId !== id);
  }
  await fillLookups(adapter, resolved.items, signal);
  return resolved;
}

/**
 * A record that has another value where the first name stands is the one of another record of NetSuite: a number that was taken from one
 * item and given to a new one still stands on the product of the former.
 */
const isAnothers = ({ fields }: FoundRecord, { match }: CrmWrite): boolean => {
  const held = match === null ? undefined : fields[match.field];
  return typeof held === 'string' && held !== '' && held.toLowerCase() !== match?.value.toLowerCase();
};

const matchesOf = ({ match, alternatives = [] }: CrmWrite): { field: string; value: string }[] =>
  match === null ? [] : [match, ...alternatives];

/** Several fields together are no external id: the record is looked for, and created plainly. */
const isCompound = (field: string | undefined): boolean => field?.includes('+') === true;

/** What only may be changed, the adapters look up themselves. */
const needsLookup = (item: CrmWrite): boolean =>
  item.crmId === null &&
  item.match !== null &&
  item.create === true &&
  (item.onCreate !== undefined ||
    item.candidates !== undefined ||
    item.lookups !== undefined ||
    (item.alternatives?.length ?? 0) > 0 ||
    isCompound(item.match.field));

function byField(items: readonly CrmWrite[], step: number): Map<string, CrmWrite[]> {
  const groups = new Map<string, CrmWrite[]>();
  for (const item of items) {
    const field = matchesOf(item)[step]?.field;
    if (field !== undefined) groups.set(field, [...(groups.get(field) ?? []), item]);
  }
  return groups;
}

function place(resolved: ResolvedTargets, item: CrmWrite, hits: readonly FoundRecord[]): void {
  const { onCreate, alternatives: _tried, ...known } = item;
  const [first, second] = hits;
  if (first && second) resolved.outcomes.set(item.operationId, { ok: false, fault: ambiguous(item, hits) });
  else if (first) {
    // The id field goes along: a product that was found by its SKU is found by the NetSuite id from now on.
    const { candidates: _likely, lookups: _named, ...there } = known;
    resolved.items.push({ ...there, crmId: first.id, match: null, fields: withMatch(item) });
  } else {
    const match = isCompound(item.match?.field) ? null : item.match;
    resolved.items.push({ ...known, match, fields: { ...item.fields, ...onCreate } });
  }
}

/** Found by its second name, a record is given the first. A compound of several fields is no field to write. */
const withMatch = ({ match, fields }: CrmWrite): CrmWrite['fields'] =>
  match === null || isCompound(match.field) ? fields : { [match.field]: match.value, ...fields };

const ambiguous = ({ match }: CrmWrite, hits: readonly FoundRecord[]): CrmFault => ({
  class: 'conflict',
  code: 'SEVERAL_RECORDS',
  message: `${hits.map(({ id }) => id).join(', ')} all answer to ${match?.field ?? ''} ${match?.value ?? ''}: merge them, then replay.`,
});
