import { startMirrorStage, type MirrorStage } from '../../test/helpers/mirror-stage';
import type { Benchmark, Goal } from '../types';
import { makeTraffic, type Done } from './traffic';
import { makeTrouble } from './trouble';

const DEFAULT_MINUTES = 2;
const MINUTE_MS = 60_000;
/** How long the queues may take to run empty when everybody has stopped. */
const DRAIN_MS = 10 * MINUTE_MS;
/** A lost call's slot and record wait for its budget and margin: short ones let more happen in a minute. */
const CONFIG = {
  timeouts: { budgetMs: 5_000, answerMarginMs: 5_000, lateWriterMarginMs: 1_000 },
  reconcile: { cron: '0 0 1 1 *', graceMinutes: 0 },
};

/**
 * `npm run bench -- mixed [minutes]`: both CRMs and NetSuite's users at work at once through the deployed scripts, with faults all the
 * time. At its end both sides must be equal by the product's own comparison, and by counts that it has no part in.
 */
export const mixedBench: Benchmark = {
  name: 'mixed',
  about: 'mixed traffic in both directions with faults for some minutes (2), then both sides are compared',
  async run(say, [given]) {
    const minutes = given === undefined ? DEFAULT_MINUTES : Number(given);
    if (!(minutes > 0)) throw new Error(`mixed takes a number of minutes, not ${given}`);
    const stage = await startMirrorStage({}, CONFIG);
    try {
      await stage.moveStock('MIR-1', 1_000_000);
      const end = Date.now() + minutes * MINUTE_MS;
      const stopped = (): boolean => Date.now() >= end;
      const controlUrl = `${new URL(stage.emulatorUrl).origin}/_emulator/`;
      const [done, troubles] = await Promise.all([
        makeTraffic(stage, stopped),
        makeTrouble(stage, controlUrl, stopped),
      ]);
      say(`${minutes} minutes over; troubles: ${JSON.stringify(troubles)}`);
      const calm = Date.now();
      await drained(stage, say);
      await stage.pull();
      await drained(stage, say);
      return { name: 'mixed', ...(await judge(stage, done, { minutes, drainMs: Date.now() - calm, say })), peer: {} };
    } finally {
      await stage.close();
    }
  },
};

/** Kinds of open work that are told. */
const SHOWN = 12;

interface Run {
  minutes: number;
  drainMs: number;
  say: (line: string) => void;
}

/** Waits for empty queues with more patience than a test has. */
async function drained(stage: MirrorStage, say: (line: string) => void): Promise<void> {
  for (const end = Date.now() + DRAIN_MS; ;) {
    try {
      await stage.settled();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      say(`still open: ${await openWork(stage)}`);
      // What stands in review holds back its record, and would do so for ever.
      const failures = await stage.inReview();
      if (failures.length > 0) throw new Error(`these failed: ${failures.slice(0, 5).join('; ')}`, { cause: error });
    }
  }
}

/** A few of the operations that are not over, and why. */
async function openWork({ url, keys }: MirrorStage): Promise<string> {
  const answer = await fetch(`${url}/v1/operations?state=queued,sending,retrying&limit=1000`, {
    headers: { authorization: `Bearer ${keys.admin}` },
  });
  const { operations } = (await answer.json()) as {
    operations: {
      account: string;
      state: string;
      flow?: string;
      attemptCount: number;
      waitsFor?: string;
      error?: { code: string };
    }[];
  };
  const kinds = new Map<string, number>();
  for (const { account, state, flow, waitsFor, attemptCount, error } of operations) {
    const kind = [account, flow, state, waitsFor, attemptCount, error?.code]
      .filter((part) => part !== undefined)
      .join(' ');
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [...kinds]
    .slice(0, SHOWN)
    .map(([kind, count]) => `${count} × ${kind}`)
    .join('; ');
}

async function judge(stage: MirrorStage, done: Done, { minutes, drainMs, say }: Run) {
  // The first comparison has what was never sent read whole; the second one judges.
  await stage.reconcileAll(true);
  await drained(stage, say);
  const compared = await stage.reconcileAll();
  const failures = await stage.inReview();
  const customers = (await stage.netsuiteRecords('customer')).flatMap(({ externalId }) => externalId ?? []);
  const orders = (await stage.netsuiteRecords('salesorder')).flatMap(({ externalId }) => externalId ?? []);
  const wantedCustomers = [
    ...done.accounts.map((id) => `SF_ACCT_${id.toUpperCase()}`),
    ...done.companies.map((id) => `HS_COMP_${id}`),
  ];
  const wantedOrders = done.opportunities.map((id) => `SF_OPP_${id.toUpperCase()}`);
  const untracked = [...done.shipped].filter(
    (id) => stage.salesforce.table.get('Opportunity', id)?.['NetSuite_Tracking_Numbers__c'] !== `TRACK-${id}`,
  );
  const counts = {
    'records that differ': compared.differences,
    'flows that could not be compared': compared.flows.filter(({ failed }) => failed !== undefined).length,
    failures: failures.length,
    'customers missing or double': offBy(wantedCustomers, customers),
    'orders missing or double': offBy(wantedOrders, orders),
    'shipments whose tracking did not arrive': untracked.length,
  };
  const goals: Goal[] = Object.entries(counts).map(([goal, figure]) => ({
    goal: `${goal}: 0`,
    figure,
    met: figure === 0,
  }));
  const sent = done.accounts.length + done.companies.length + done.opportunities.length + done.edits + 2 * done.repeats;
  const figures = {
    minutes,
    'changes made': sent + done.shipped.size + done.stockMoves,
    'changes a minute': Math.round((sent + done.shipped.size + done.stockMoves) / minutes),
    customers: wantedCustomers.length,
    orders: wantedOrders.length,
    shipments: done.shipped.size,
    'requests sent again': done.refused,
    'records compared': compared.flows.reduce((sum, one) => sum + one.compared, 0),
    'seconds until calm': Math.round(drainMs / 1000),
    ...counts,
  };
  const missed = goals.filter(({ met }) => !met).map(({ goal, figure }) => `${goal}, but ${figure}`);
  if (missed.length > 0)
    throw new Error(`${missed.join('; ')}\n${failures.slice(0, 5).join('\n')}\n${JSON.stringify(figures)}`);
  return { figures, goals };
}

/** How many of the wanted keys are not there exactly once. */
function offBy(wanted: readonly string[], found: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const key of found) counts.set(key, (counts.get(key) ?? 0) + 1);
  return wanted.filter((key) => counts.get(key) !== 1).length;
}
