import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { ReadPage, ReadPageName } from '../../contract';
import type { Flow, FlowSet } from '../../flows';
import type { CrmConfig } from '../config/schema-crm';
import { readPage, type PageQuestion, type RestletClient } from '../netsuite';
import type { Lane, Store } from '../store/types';
import { deriveMembers } from './derive-members';
import { idsToFollow } from './follow-pages';
import type { PullJob, PullPlan } from './plan-jobs';
import { advance, isInitial, isUnderWay, readPosition } from './pull-position';
import { rowOperations, type RowWork } from './row-operations';

export interface PullContext {
  account: string;
  store: Store;
  client: RestletClient;
  /** A slot of the account for one call. */
  withSlot: <T>(work: () => Promise<T>) => Promise<T>;
  crm: readonly CrmConfig[];
  set: () => FlowSet;
  retrySeconds: readonly number[];
  /** Told of the rows of a page before they are stored; `news` says that it is no first reading. */
  onRows?: (page: ReadPage, news: boolean) => Promise<void>;
  log: Logger;
  now: () => number;
}

/** Records asked for by id in one call: what a page of loads can carry. */
const IDS = 40;

/** NetSuite could not be read; the job is tried again. */
export class PullFailed extends Error {
  readonly code: string;

  constructor(page: ReadPageName, code: string, message: string) {
    super(`the page ${page} can't be read (${code}): ${message}`);
    this.name = 'PullFailed';
    this.code = code;
  }
}

export interface PulledPage {
  page: ReadPageName;
  rows: number;
  writes: number;
  unchanged: number;
  /** The pass goes on with another page. */
  more: boolean;
}

/** Reads the next page of a job, stores what it leads to together with the position. */
export async function pullOnce(context: PullContext, plan: PullPlan, job: PullJob): Promise<PulledPage> {
  const { store, now } = context;
  const position = readPosition(await store.getCursor(job.cursor));
  const page = await askPage(context, { page: job.page, since: position.since, after: position.after });
  const next = advance(position, page, now());
  await follow(context, plan, page);
  await context.onRows?.(page, !isInitial(position));
  // What is read for the first time is a load, not news: it must not stand in the way of the latter.
  const lane = isInitial(position) ? 'bulk' : 'realtime';
  const work = await storeRows(context, job.flows, page, lane, { [job.cursor]: JSON.stringify(next) });
  return {
    page: job.page,
    rows: page.rows.length,
    writes: work.operations.length,
    unchanged: work.unchanged,
    more: isUnderWay(next),
  };
}

/** Reads exactly these records of a page and what they lead to; durable when it resolves. */
export async function pullIds(
  context: PullContext,
  plan: PullPlan,
  page: ReadPageName,
  ids: readonly string[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += IDS) {
    const part = ids.slice(from, from + IDS);
    let after: string | undefined;
    do {
      const answer = await askPage(context, { page, ids: part, after });
      await follow(context, plan, answer);
      await storeRows(context, plan.flowsOf(page), answer, 'realtime', {});
      after = answer.after;
    } while (after !== undefined);
  }
}

/** First what the rows lead to, then the position: a crash between the two reads them again. */
async function follow(context: PullContext, plan: PullPlan, page: ReadPage): Promise<void> {
  for (const [to, ids] of idsToFollow(page.page, page.rows, plan.wanted)) await pullIds(context, plan, to, ids);
}

/** One page with its derived members, through a slot of the account. */
export async function askPage(
  { client, withSlot }: Pick<PullContext, 'client' | 'withSlot'>,
  question: PageQuestion,
): Promise<ReadPage> {
  const answer = await withSlot(() => readPage(client, question));
  if (answer.ok) {
    const { rows, asOf } = answer.value;
    return { ...answer.value, rows: rows.map((row) => deriveMembers(question.page, row, asOf)) };
  }
  throw new PullFailed(question.page, answer.failure.code, answer.failure.message);
}

async function storeRows(
  { account, store, crm, set, retrySeconds, log, now }: PullContext,
  flows: readonly Flow[],
  page: ReadPage,
  lane: Lane,
  cursors: Record<string, string>,
): Promise<RowWork> {
  const options = { store, account, crm, set: set(), retrySeconds, now, lane };
  const work = await rowOperations(options, flows, page.rows);
  const { operations, shadows, unchanged } = work;
  if (operations.length === 0) {
    for (const [name, value] of Object.entries(cursors)) await store.setCursor(name, value);
    return work;
  }
  await store.enqueue({
    source: 'netsuite',
    traceId: randomBytes(16).toString('hex'),
    operations,
    shadows,
    cursors,
  });
  log.info({ account, page: page.page, rows: page.rows.length, writes: operations.length, unchanged }, 'page read');
  return work;
}
