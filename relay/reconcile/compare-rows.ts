import type { Flow, RowChange } from '../../flows';
import type { CrmAdapter, FoundRecord } from '../delivery/crm-adapter';
import { sameInCrm } from '../delivery/verify-written';

/** How NetSuite and a CRM differ about one record. */
export interface Drift {
  /** `missing`: the CRM has no such record; `different`: a mirrored field holds something else. */
  kind: 'missing' | 'different';
  flow: string;
  crm: string;
  object: string;
  rowKey: string;
  crmId: string | null;
  field?: string;
  netsuite?: unknown;
  crmValue?: unknown;
}

export interface Compared {
  drift: Drift[];
  /** Rows to write again. */
  stale: RowChange[];
}

/** Compares what a flow would write with what the CRM holds, record by record. */
export async function compareRows(
  adapter: CrmAdapter,
  flow: Flow,
  changes: readonly RowChange[],
  signal: AbortSignal,
): Promise<Compared> {
  const compared: Compared = { drift: [], stale: [] };
  if (!adapter.findRecords || changes.length === 0) return compared;
  const names = [...new Set(changes.flatMap(({ content }) => comparable(content)))];
  for (const [field, list] of byIdentity(adapter, changes)) {
    const values = list.map((change) => identityOf(change));
    const found = await adapter.findRecords(flow.object, field, values, names, signal);
    for (const change of list) {
      const record = found.get(identityOf(change).toLowerCase())?.[0];
      const drift = driftOf(adapter.name, flow, change, record);
      compared.drift.push(...drift);
      if (drift.length > 0) compared.stale.push(change);
    }
  }
  return compared;
}

/** A parent named by its external id is no field of the record itself. */
const comparable = (content: RowChange['content']): string[] =>
  Object.entries(content)
    .filter(([, value]) => typeof value !== 'object' || value === null)
    .map(([name]) => name);

const identityOf = ({ crmId, matches }: RowChange): string => crmId ?? matches[0]?.value ?? '';

function byIdentity(adapter: CrmAdapter, changes: readonly RowChange[]): Map<string, RowChange[]> {
  const groups = new Map<string, RowChange[]>();
  for (const change of changes) {
    const field = change.crmId === null ? change.matches[0]?.field : adapter.kind === 'salesforce' ? 'Id' : 'id';
    if (field !== undefined) groups.set(field, [...(groups.get(field) ?? []), change]);
  }
  return groups;
}

function driftOf(crm: string, flow: Flow, change: RowChange, record: FoundRecord | undefined): Drift[] {
  const { rowKey, object } = change;
  const known = { flow: flow.id, crm, object, rowKey, crmId: record?.id ?? change.crmId };
  if (!record) return [{ kind: 'missing', ...known }];
  return comparable(change.content)
    .filter((name) => !sameInCrm(change.content[name], record.fields[name]))
    .map((name) => ({
      kind: 'different',
      ...known,
      field: name,
      netsuite: change.content[name] ?? null,
      crmValue: record.fields[name] ?? null,
    }));
}
