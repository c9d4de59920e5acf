import type { CrmAdapter } from '../delivery/crm-adapter';
import type { FlowMapper } from '../config/load-mapper';
import { Complaints, judgeOutcome, type Complaint } from './judge-records';
import { findDuplicates, proposeLinks, type CrmSide, type LinkPlan, type NetSuiteSide } from './propose-links';

export interface PreflightInput {
  adapter: CrmAdapter;
  mapper: FlowMapper;
  crm: { name: string; kind: string };
  account: string;
  object: string;
  /** Customers of NetSuite; null for objects that become something else. */
  netsuite: readonly NetSuiteSide[] | null;
  signal: AbortSignal;
  progress: (read: number) => void;
}

export interface PreflightReport {
  object: string;
  records: number;
  complaints: Complaint[];
  duplicatesInCrm: { by: string; value: string; ids: string[] }[];
  duplicatesInNetSuite: { by: string; value: string; ids: string[] }[];
  links: LinkPlan | null;
}

/** Reads every record of an object, maps it as a load would, and says what would happen. Writes nothing anywhere. */
export async function runPreflight(input: PreflightInput): Promise<PreflightReport> {
  const { adapter, mapper, crm, account, object, netsuite, signal, progress } = input;
  const flows = mapper.flowsFor(crm, object);
  const complaints = new Complaints();
  const sides = new Map<string, CrmSide>();
  let records = 0;
  for await (const page of adapter.readAll!(object, signal)) {
    for (const { id, record } of page) {
      records += 1;
      for (const flow of flows) {
        const side = judgeOutcome(mapper.map(flow, record, account), id, complaints);
        if (side && flow.recordType === 'customer') sides.set(id, side);
      }
    }
    progress(records);
  }
  const ours = [...sides.values()];
  return {
    object,
    records,
    complaints: complaints.list(),
    duplicatesInCrm: findDuplicates(ours, ({ crmId }) => crmId),
    duplicatesInNetSuite: netsuite ? findDuplicates(netsuite, ({ internalId }) => internalId) : [],
    links: netsuite && ours.length > 0 ? proposeLinks(ours, netsuite) : null,
  };
}
