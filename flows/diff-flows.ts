import { canonicalJson } from '../contract';
import type { Flow } from './flow-schema';

/** One difference between two sets of flows, or between their settings. */
export interface FlowDifference {
  /** `salesforce.account-to-customer.fields.phone.owner`, `settings.subsidiary`. */
  path: string;
  /** Absent on the side that does not have it. */
  from?: unknown;
  to?: unknown;
}

const NAMES = ['to', 'label', 'sublist', 'field', 'recordType'] as const;

/** Everything that differs, flow by flow, with the values of both sides; lists are compared by the names of their entries. */
export function diffFlows(from: readonly Flow[], to: readonly Flow[]): FlowDifference[] {
  const ids = [...new Set([...from, ...to].map(({ id }) => id))].sort();
  return ids.flatMap((id) =>
    diff(
      id,
      from.find((flow) => flow.id === id),
      to.find((flow) => flow.id === id),
    ),
  );
}

export const diffSettings = (from: object, to: object): FlowDifference[] => diff('settings', from, to);

function diff(path: string, from: unknown, to: unknown): FlowDifference[] {
  if (canonicalJson((from ?? null) as never) === canonicalJson((to ?? null) as never)) return [];
  const [mine, theirs] = [asMembers(from), asMembers(to)];
  // A flow or entry that one side lacks is one difference, not a hundred.
  if (mine === null || theirs === null) {
    return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  }
  const members = [...new Set([...mine.keys(), ...theirs.keys()])];
  const found = members.flatMap((member) => diff(`${path}.${member}`, mine.get(member), theirs.get(member)));
  return found.length > 0 ? found : [{ path: `${path} (order)`, from: [...mine.keys()], to: [...theirs.keys()] }];
}

/** Members of an object, or entries of a list by their names; null for a plain value. */
function asMembers(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value).filter(([, member]) => member !== undefined));
  const named = value.map((entry, at): [string, unknown] => {
    const holder = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {};
    const key = NAMES.find((name) => typeof holder[name] === 'string');
    return [key === undefined ? String(at) : String(holder[key]), entry];
  });
  const unique = new Set(named.map(([name]) => name)).size === named.length;
  return new Map(unique ? named : value.map((entry, at) => [String(at), entry]));
}
