import { round } from '../measure';
import type { Goal } from '../types';
import type { Figures } from './measure-subject';

interface Rule {
  goal: string;
  /** Ours over what it is held against. */
  ours: string;
  against?: string;
  atLeast?: number;
  atMost?: number;
}

/** Ratios against what was measured in the same run; every one says what it needs. */
const RULES: readonly Rule[] = [
  {
    goal: 'SQLite, one at a time, 64 callers: times pg-boss',
    ours: 'sqlite.enqueue.c64.perSecond',
    against: 'pgboss.enqueue.c64.perSecond',
    atLeast: 10,
  },
  {
    goal: 'SQLite, one at a time, 64 callers: times BullMQ on Redis that syncs each write',
    ours: 'sqlite.enqueue.c64.perSecond',
    against: 'bullmq.enqueue.c64.perSecond',
    atLeast: 1.3,
  },
  {
    goal: 'SQLite, one caller: times a bare durable insert',
    ours: 'sqlite.enqueue.c1.perSecond',
    against: 'bare.insert.perSecond',
    atLeast: 0.65,
  },
  {
    goal: "SQLite, one caller: times a bare durable insert in a writer's thread",
    ours: 'sqlite.enqueue.c1.perSecond',
    against: 'bare.insert.inThread.perSecond',
    atLeast: 0.65,
  },
  {
    goal: 'SQLite, one caller, 2 ms added to each fsync: times a bare durable insert',
    ours: 'slow.sqlite.enqueue.c1.perSecond',
    against: 'slow.bare.insert.perSecond',
    atLeast: 0.65,
  },
  {
    goal: 'SQLite, 64 callers, p99: times pg-boss',
    ours: 'sqlite.enqueue.c64.p99Ms',
    against: 'pgboss.enqueue.c64.p99Ms',
    atMost: 0.15,
  },
  {
    goal: 'SQLite, batches of 50: times pg-boss',
    ours: 'sqlite.enqueue50.c4.operationsPerSecond',
    against: 'pgboss.enqueue50.c4.operationsPerSecond',
    atLeast: 2,
  },
  {
    goal: 'SQLite, take and settle: times pg-boss',
    ours: 'sqlite.work.operationsPerSecond',
    against: 'pgboss.work.operationsPerSecond',
    atLeast: 2,
  },
  {
    goal: 'PostgreSQL, one at a time, 64 callers: times pg-boss',
    ours: 'postgres.enqueue.c64.perSecond',
    against: 'pgboss.enqueue.c64.perSecond',
    atLeast: 6,
  },
  {
    goal: 'PostgreSQL, one caller: times pg-boss',
    ours: 'postgres.enqueue.c1.perSecond',
    against: 'pgboss.enqueue.c1.perSecond',
    atLeast: 1,
  },
  {
    goal: 'PostgreSQL, batches of 50: times pg-boss',
    ours: 'postgres.enqueue50.c4.operationsPerSecond',
    against: 'pgboss.enqueue50.c4.operationsPerSecond',
    atLeast: 1.5,
  },
  {
    goal: 'PostgreSQL, take and settle: times pg-boss',
    ours: 'postgres.work.operationsPerSecond',
    against: 'pgboss.work.operationsPerSecond',
    atLeast: 2,
  },
  {
    goal: 'PostgreSQL, 64 callers, 2 ms added to each fsync: times pg-boss',
    ours: 'slow.postgres.enqueue.c64.perSecond',
    against: 'slow.pgboss.enqueue.c64.perSecond',
    atLeast: 5,
  },
  {
    goal: 'SQLite, take at 200,000 waiting, p50: times pg-boss',
    ours: 'sqlite.take.at200000.p50Ms',
    against: 'pgboss.take.at200000.p50Ms',
    atMost: 0.1,
  },
  {
    goal: 'SQLite, take at 200,000 waiting, p50: times that at 2,000',
    ours: 'sqlite.take.at200000.p50Ms',
    against: 'sqlite.take.at2000.p50Ms',
    atMost: 2,
  },
  {
    goal: 'PostgreSQL, take at 200,000 waiting, p50: times pg-boss',
    ours: 'postgres.take.at200000.p50Ms',
    against: 'pgboss.take.at200000.p50Ms',
    atMost: 0.1,
  },
  {
    goal: 'PostgreSQL, take at 200,000 waiting, p50: times that at 2,000',
    ours: 'postgres.take.at200000.p50Ms',
    against: 'postgres.take.at2000.p50Ms',
    atMost: 2,
  },
  {
    goal: 'SQLite, take behind a record with 100,000 operations, p50: times without',
    ours: 'sqlite.take.hotKey.p50Ms',
    against: 'sqlite.take.at2000.p50Ms',
    atMost: 2,
  },
  {
    goal: 'SQLite, take at 1,000,000 waiting, p50: times that at 1,000',
    ours: 'sqlite.take.at1000000.p50Ms',
    against: 'sqlite.take.at1000.p50Ms',
    atMost: 1.5,
  },
  {
    goal: 'SQLite, take at 1,000,000 waiting, p99: times that at 1,000',
    ours: 'sqlite.take.at1000000.p99Ms',
    against: 'sqlite.take.at1000.p99Ms',
    atMost: 3,
  },
  { goal: 'SQLite, start with 1,000,000 waiting, ms', ours: 'sqlite.startAt1000000.ms', atMost: 2_000 },
  {
    goal: 'HTTP 202 with SQLite, 16 callers: times the same without a store',
    ours: 'http.durable.c16.perSecond',
    against: 'http.none.c16.perSecond',
    atLeast: 0.75,
  },
  {
    goal: 'HTTP 202 with SQLite, 64 callers: times the same without a store',
    ours: 'http.durable.c64.perSecond',
    against: 'http.none.c64.perSecond',
    atLeast: 0.75,
  },
  {
    goal: 'Real time beside a bulk load, p99: with lanes, times without',
    ours: 'lanes.on.p99Ms',
    against: 'lanes.off.p99Ms',
    atMost: 0.1,
  },
];

/** The rules for which everything was measured. */
export function judge(figures: Figures): Goal[] {
  return RULES.flatMap(({ goal, ours, against, atLeast, atMost }) => {
    const value = figures[ours];
    const base = against === undefined ? 1 : figures[against];
    if (value === undefined || base === undefined) return [];
    const figure = round(value / base, 3);
    const met = figure >= (atLeast ?? -Infinity) && figure <= (atMost ?? Infinity);
    return [{ goal: `${goal} ${atLeast === undefined ? `≤ ${String(atMost)}` : `≥ ${atLeast}`}`, figure, met }];
  });
}
