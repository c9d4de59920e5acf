import type { Flow, RowChange } from '../../flows';
import type { CrmAdapter, FoundRecord } from '../delivery/crm-adapter';
import { sameInCrm } from '../delivery/verify-written';
import type { Drift } from './report';
import { digestOf, type Line } from './sum-lines';

export interface Compared {
  drift: Drift[];
  /** Rows to write again. */
  stale: RowChange[];
  lines: Line[];
}

/** Compares what a flow would write with what the CRM holds, record by record. */
export async function compareRows(
  adapter: CrmAdapter,
  flow: Flow,
  changes: readonly RowChange[],
  signal: AbortSignal,
): Promise<Compared> {
  const compared: Compared = { drift: [], stale: [], lines: [] };
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
      compared.lines.push(lineOf(change, record));
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

/** Values that mean the same are the same, however the CRM spells them. */
function lineOf({ rowKey, content }: RowChange, record: FoundRecord | undefined): Line {
  const names = comparable(content);
  const held = (name: string): unknown =>
    sameInCrm(content[name], record?.fields[name]) ? content[name] : record?.fields[name];
  return {
    key: rowKey,
    crm: record ? digestOf(Object.fromEntries(names.map((name) => [name, held(name)]))) : null,
    netsuite: digestOf(Object.fromEntries(names.map((name) => [name, content[name]]))),
  };
}

function driftOf(crm: string, flow: Flow, change: RowChange, record: FoundRecord | undefined): Drift[] {
  const { rowKey, object } = change;
  const known = { flow: flow.id, crm, object, rowKey, crmId: record?.id ?? change.crmId };
  if (!record) return [{ kind: 'missingInCrm', ...known }];
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
