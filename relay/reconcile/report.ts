/** How NetSuite and a CRM differ about one record. */
export interface Drift {
  /** Which side lacks the record; `different`: one side holds something else than it should. */
  kind: 'missingInCrm' | 'missingInNetSuite' | 'different';
  flow: string;
  crm: string;
  object: string;
  /** What the record is known by within its flow: an external id, or the NetSuite id of a mirrored row. */
  rowKey: string;
  crmId: string | null;
  internalId?: string;
  field?: string;
  netsuite?: unknown;
  crmValue?: unknown;
}

/** What one side holds: how many records, and SHA-256 over a line for each, in the order of keys. */
export interface SideSum {
  count: number;
  hash: string;
}

export interface PeriodSum {
  /** ISO 8601; `to` is not in it. */
  from: string;
  to: string;
  crm: SideSum;
  netsuite: SideSum;
  /** Both sides hold the same: equal counts and hashes. */
  equal: boolean;
}

export interface FlowReport {
  flow: string;
  direction: 'toCrm' | 'toNetSuite';
  object: string;
  recordType: string;
  /** Records that were compared, over all CRMs. */
  compared: number;
  /** Differences that an operation under way, or in review, accounts for. */
  pending: number;
  /** Records that are there but whose content the relay has no knowledge of. */
  unproven: number;
  /** Records that are read or written again. */
  repaired: number;
  /** All differences; `drift` lists the first thousand. */
  differences: number;
  periods: PeriodSum[];
  drift: Drift[];
  /** Why the comparison could not be finished. */
  failed?: string;
}

/** Differences that a report lists one by one; the rest is only counted. */
const LISTED = 1_000;

export const newReport = (flow: {
  id: string;
  direction: FlowReport['direction'];
  object: string;
  recordType: string;
}): FlowReport => ({
  flow: flow.id,
  direction: flow.direction,
  object: flow.object,
  recordType: flow.recordType,
  compared: 0,
  pending: 0,
  unproven: 0,
  repaired: 0,
  differences: 0,
  periods: [],
  drift: [],
});

export function addDrift(report: FlowReport, drift: readonly Drift[]): void {
  report.differences += drift.length;
  report.drift.push(...drift.slice(0, Math.max(0, LISTED - report.drift.length)));
}
