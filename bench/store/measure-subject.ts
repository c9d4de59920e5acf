import { closedLoop, quantile, round } from '../measure';
import type { Subject } from './subjects';
import { BATCH, nextItem, nextItems, WORKERS } from './workload';

export type Figures = Record<string, number>;

/** Batches that are taken and completed for the rate of work. */
const CALLS = 200;

/** Processor time of this process with its threads, and of the subject's server, in µs; NaN where that can't be told. */
const cpuUs = ({ serverCpuMs }: Subject): number => {
  const { user, system } = process.cpuUsage();
  return user + system + (serverCpuMs?.() ?? NaN) * 1_000;
};

/** Acceptance one by one and in batches, then work: five workers take and complete what is there. */
export async function measureSubject(subject: Subject, seconds: number): Promise<Figures> {
  const figures: Figures = {};
  for (const callers of [1, 16, 64]) {
    let accepted = 0;
    const before = cpuUs(subject);
    const rate = await closedLoop(callers, seconds * 1000, () => {
      accepted += 1;
      return subject.enqueue([nextItem()]);
    });
    const perOperation = (cpuUs(subject) - before) / accepted;
    if (!Number.isNaN(perOperation)) figures[`enqueue.c${callers}.cpuUs`] = Math.round(perOperation);
    figures[`enqueue.c${callers}.perSecond`] = rate.perSecond;
    figures[`enqueue.c${callers}.p99Ms`] = rate.p99Ms;
  }
  const batches = await closedLoop(4, seconds * 1000, () => subject.enqueue(nextItems(BATCH)));
  figures['enqueue50.c4.operationsPerSecond'] = batches.perSecond * BATCH;
  figures['work.operationsPerSecond'] = await measureWork(subject);
  return figures;
}

async function measureWork(subject: Subject): Promise<number> {
  // As much for everyone, so that nobody works on the few that are left.
  for (let at = 0; at < (CALLS * BATCH) / 200; at++) await subject.enqueue(nextItems(200));
  let left = CALLS;
  let through = 0;
  const begun = performance.now();
  const work = async (worker: number): Promise<void> => {
    while (left-- > 0) {
      const taken = await subject.take(worker);
      if (!taken) return;
      await taken.complete();
      through += taken.count;
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));
  return Math.round((through * 1000) / (performance.now() - begun));
}

/** How long a take of 50 lasts, while as many as are completed come in again: the backlog stays as it is. */
export async function measureClaims(subject: Subject, claims: number, records: number): Promise<Figures> {
  const took: number[] = [];
  for (let at = 0; at < claims; at++) {
    const begun = performance.now();
    const taken = await subject.take(at);
    took.push(performance.now() - begun);
    if (!taken) throw new Error('Nothing waits: the backlog is used up.');
    await taken.complete();
    await subject.enqueue(nextItems(taken.count, records));
  }
  return { p50Ms: round(quantile(took, 0.5), 3), p99Ms: round(quantile(took, 0.99), 3) };
}
