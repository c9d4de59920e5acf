import type { NamedReference, ResolvedName } from '../../contract';
import type { FlowMapper } from '../config/load-mapper';
import { Complaints, judgeOutcome, type Complaint, type Finding } from './judge-records';
import { References } from './missing-references';
import { findDuplicates, proposeLinks, type CrmSide, type LinkPlan, type NetSuiteSide } from './propose-links';
import { customersByKey, forDuplicates, scopeContacts, scopeCrmContacts } from './scope-contacts';

export interface PreflightInput {
  /** Every record of an object of the CRM, page by page. */
  readAll: (object: string, signal: AbortSignal) => AsyncIterable<readonly { id: string; record: unknown }[]>;
  mapper: FlowMapper;
  crm: { name: string; kind: string };
  account: string;
  object: string;
  /** What NetSuite has; each is read once, when an object asks for it. */
  customers: () => Promise<readonly NetSuiteSide[]>;
  contacts: () => Promise<readonly NetSuiteSide[]>;
  /** Which of its records names stand for. */
  resolve: (names: readonly NamedReference[]) => Promise<readonly ResolvedName[]>;
  /** Customers by the external ids of their accounts; filled by accounts, asked by contacts: look at accounts first. */
  customerOf: Map<string, string>;
  signal: AbortSignal;
  progress: (read: number) => void;
  tell?: (finding: Finding) => void;
}

export interface PreflightReport {
  object: string;
  records: number;
  complaints: Complaint[];
  duplicatesInCrm: { by: string; value: string; ids: string[] }[];
  duplicatesInNetSuite: { by: string; value: string; ids: string[] }[];
  links: LinkPlan | null;
}

type Found = Pick<PreflightReport, 'duplicatesInCrm' | 'duplicatesInNetSuite' | 'links'>;

/** Reads every record of an object, maps it as a load would, and says what would happen. Writes nothing anywhere. */
export async function runPreflight(input: PreflightInput): Promise<PreflightReport> {
  const { readAll, mapper, crm, account, object, signal, progress } = input;
  const flows = mapper.flowsFor(crm, object);
  const complaints = new Complaints(input.tell);
  const references = new References();
  const customers = new Map<string, CrmSide>();
  const contacts = new Map<string, CrmSide>();
  let records = 0;
  for await (const page of readAll(object, signal)) {
    for (const { id, record } of page) {
      records += 1;
      for (const flow of flows) {
        const side = judgeOutcome(mapper.map(flow, record, account), id, complaints, references);
        if (side && flow.recordType === 'customer') customers.set(id, side);
        if (side && flow.recordType === 'contact') contacts.set(id, side);
      }
    }
    progress(records);
  }
  references.judge(await input.resolve(references.list()), complaints);
  const found =
    customers.size > 0
      ? await compareCustomers(input, [...customers.values()])
      : contacts.size > 0
        ? await compareContacts(input, [...contacts.values()])
        : { duplicatesInCrm: [], duplicatesInNetSuite: [], links: null };
  return { object, records, complaints: complaints.list(), ...found };
}

async function compareCustomers({ customers, customerOf }: PreflightInput, ours: readonly CrmSide[]): Promise<Found> {
  const theirs = await customers();
  const links = proposeLinks(ours, theirs);
  for (const [key, internalId] of customersByKey(ours, theirs, links)) customerOf.set(key, internalId);
  return {
    duplicatesInCrm: findDuplicates(ours, ({ crmId }) => crmId),
    duplicatesInNetSuite: findDuplicates(theirs, ({ internalId }) => internalId),
    links,
  };
}

async function compareContacts(input: PreflightInput, ours: readonly CrmSide[]): Promise<Found> {
  const theirs = await input.contacts();
  const linked = await input.customers();
  for (const { externalId, internalId } of linked)
    if (externalId !== null) input.customerOf.set(externalId.toUpperCase(), internalId);
  return {
    duplicatesInCrm: findDuplicates(forDuplicates(ours), ({ crmId }) => crmId),
    duplicatesInNetSuite: findDuplicates(forDuplicates(theirs), ({ internalId }) => internalId),
    links: proposeLinks(scopeCrmContacts(ours, input.customerOf), scopeContacts(theirs)),
  };
}
