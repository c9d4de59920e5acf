import type { ReadPageName } from '../../contract';
import type { Cadence, Flow } from '../../flows';
import { leadsTo, pagesLeadingTo } from './follow-pages';
import { cadenceName } from './next-run';

/** Flows that one reading of a page serves. */
export interface PullJob {
  account: string;
  page: ReadPageName;
  cadence: Cadence;
  flows: readonly Flow[];
  /** Where its position is kept. */
  cursor: string;
  /** A change event of a record of the page starts it. */
  onEvent: boolean;
}

export interface PullPlan {
  jobs: PullJob[];
  /** Pages that are read when another page's rows lead to them. */
  wanted: ReadonlySet<ReadPageName>;
  /** All flows of a page, whatever their cadence. */
  flowsOf: (page: ReadPageName) => readonly Flow[];
}

/** Pages that are read customer by customer, never as a whole. */
const ASKED_ONLY: ReadonlySet<ReadPageName> = new Set(['entitlements']);

/** What is to be read of an account, given its flows. Pure. */
export function planJobs(account: string, flows: readonly Flow[]): PullPlan {
  const active = flows.filter(
    (flow) => flow.enabled && flow.direction === 'toCrm' && flow.source && !ASKED_ONLY.has(flow.source.page),
  );
  const pages = new Set(active.map((flow) => flow.source!.page));
  const wanted = pagesLeadingTo(pages);
  const jobs = new Map<string, PullJob>();
  const add = (page: ReadPageName, cadence: Cadence, flow: Flow | null): void => {
    const cursor = `pull:${account}:${page}:${cadenceName(cadence)}`;
    const job = jobs.get(cursor) ?? { account, page, cadence, flows: [], cursor, onEvent: false };
    const joined = flow === null ? job.flows : [...job.flows, flow];
    jobs.set(cursor, { ...job, flows: joined, onEvent: job.onEvent || flow === null || flow.source?.onEvent === true });
  };
  for (const flow of active) add(flow.source!.page, flow.cadence, flow);
  // A page whose rows say that a mirrored one has moved is read when they come, even if it is itself mirrored by night or not at all.
  const live = new Set([...jobs.values()].filter(({ onEvent }) => onEvent).map(({ page }) => page));
  for (const page of wanted) if (leadsTo(page, pages) && !live.has(page)) add(page, { kind: 'realtime' }, null);
  return {
    jobs: [...jobs.values()],
    wanted,
    flowsOf: (page) => active.filter((flow) => flow.source!.page === page),
  };
}
