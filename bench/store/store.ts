import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openSqliteStore } from '../../relay/store/sqlite/open-sqlite-store';
import type { Benchmark } from '../types';
import { measureBareInsert, measureInsertInThread } from './bare-insert';
import { bullMq, NoBullMq } from './bullmq';
import { judge } from './goals';
import { measureHttp } from './http';
import { measureLanes } from './lanes';
import { measureClaims, measureSubject, type Figures } from './measure-subject';
import { makeSlowDisk, measureOnSlowDisk, startServer } from './servers';
import { ownPostgres, ownSqlite, pgBoss, type OwnSubject, type Subject } from './subjects';
import { accept, fill, nextItems, toOperation } from './workload';

/**
 * The durable store against its peers, in one run on one machine: acceptance, work, takes from short and long queues, start, HTTP, lanes.
 * pg-boss runs on the same PostgreSQL, BullMQ on a Redis of its own (where `redis-server` is on the PATH, and npm can install it).
 * `BENCH_RUNS` (3) runs of `BENCH_SECONDS` (2) a stretch, of which the median counts (long queues are filled once, and measured so
 * often); some ten minutes in all; `BENCH_CLAIMS` (5000) takes at a long queue; `BENCH_ONLY=engines,backlog,million,http,lanes,slow` chooses.
 */
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 2);
const RUNS = Number(process.env['BENCH_RUNS'] ?? 3);
const CLAIMS = Number(process.env['BENCH_CLAIMS'] ?? 5_000);
const LONG = Number(process.env['BENCH_BACKLOG'] ?? 1_000_000);

interface Place {
  folder: () => string;
  postgres: string;
}
type Say = (line: string) => void;
type Part = (place: Place, say: Say) => Promise<Figures>;

const prefixed = (prefix: string, figures: Figures): Figures =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${prefix}.${name}`, value]));

async function using<S extends Subject, T>(open: Promise<S>, work: (subject: S) => Promise<T>): Promise<T> {
  const subject = await open;
  try {
    return await work(subject);
  } finally {
    await subject.close();
  }
}

/** The median of so many runs over one queue. */
async function claims(subject: Subject, count: number, records: number): Promise<Figures> {
  const runs: Figures[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await measureClaims(subject, count, records));
  return medians(runs);
}

const engines: Part = async ({ folder, postgres }, say) => ({
  'bare.insert.perSecond': measureBareInsert(folder(), SECONDS),
  'bare.insert.inThread.perSecond': await measureInsertInThread(folder(), SECONDS),
  ...prefixed('sqlite', await using(ownSqlite(folder()), (one) => measureSubject(one, SECONDS))),
  ...(await measureBullMq(folder(), say)),
  ...prefixed('postgres', await using(ownPostgres(postgres), (one) => measureSubject(one, SECONDS))),
  ...prefixed('pgboss', await using(pgBoss(postgres), (one) => measureSubject(one, SECONDS))),
});

/** The peer on Redis, where there is one; without it a sentence says what is missing. */
async function measureBullMq(folder: string, say: Say): Promise<Figures> {
  try {
    return prefixed('bullmq', await using(bullMq(folder), (one) => measureSubject(one, SECONDS)));
  } catch (error) {
    if (!(error instanceof NoBullMq)) throw error;
    say(error.message);
    return {};
  }
}

/** Takes at 2,000 and at 200,000 waiting, and behind one record with 100,000 operations. */
const backlog: Part = async ({ folder, postgres }) => {
  const own = (open: () => Promise<OwnSubject>, prefix: string): Promise<Figures> =>
    using(open(), async (subject) => {
      await fill(subject.store, 2_000, 2_000);
      const short = await claims(subject, 300, 2_000);
      await fill(subject.store, 198_000, 8_000);
      const long = await claims(subject, 300, 8_000);
      return prefixed(`${prefix}.take`, { ...prefixed('at2000', short), ...prefixed('at200000', long) });
    });
  const hot = await using(ownSqlite(folder()), async (subject) => {
    for (let at = 0; at < 200; at++)
      await accept(
        subject.store,
        nextItems(500).map((item) => toOperation({ ...item, key: 'HOT', type: 'customer' })),
      );
    await fill(subject.store, 2_000, 2_000);
    return prefixed('sqlite.take.hotKey', await claims(subject, 300, 2_000));
  });
  const peer = await using(pgBoss(postgres), async (subject) => {
    for (let at = 0; at < 200; at++) await subject.enqueue(nextItems(1_000, 8_000));
    return prefixed('pgboss.take.at200000', await claims(subject, 60, 8_000));
  });
  return {
    ...(await own(() => ownSqlite(folder()), 'sqlite')),
    ...(await own(() => ownPostgres(postgres), 'postgres')),
    ...hot,
    ...peer,
  };
};

const million: Part = async ({ folder }) => {
  const place = folder();
  const figures = await using(ownSqlite(place), async (subject) => {
    await fill(subject.store, 1_000, 50_000);
    const short = await claims(subject, CLAIMS, 50_000);
    await fill(subject.store, LONG - 1_000, 50_000);
    const long = await claims(subject, CLAIMS, 50_000);
    return prefixed('sqlite.take', { ...prefixed('at1000', short), ...prefixed('at1000000', long) });
  });
  const begun = performance.now();
  const store = await openSqliteStore(place);
  figures['sqlite.startAt1000000.ms'] = Math.round(performance.now() - begun);
  await store.close();
  return figures;
};

const http: Part = async ({ folder }) => {
  const figures: Figures = {};
  for (const callers of [16, 64])
    for (const mode of ['none', 'durable'] as const)
      figures[`http.${mode}.c${callers}.perSecond`] = await measureHttp(mode, folder(), callers, SECONDS);
  return figures;
};

const lanes: Part = async ({ folder }) => ({
  'lanes.on.p99Ms': await using(ownSqlite(folder()), ({ store }) => measureLanes(store, true, SECONDS * 3)),
  'lanes.off.p99Ms': await using(ownSqlite(folder()), ({ store }) => measureLanes(store, false, SECONDS * 3)),
});

/** Each of their operations waits for a flush of its own. */
const LONE = ['slow.bare.insert.perSecond', 'slow.postgres.enqueue.c1.perSecond', 'slow.pgboss.enqueue.c1.perSecond'];

const slow: Part = async ({ folder }) => {
  const library = makeSlowDisk(folder());
  if (!library) return {};
  const server = await startServer({ LD_PRELOAD: library });
  try {
    const measure = async (open: Promise<Subject>) => using(open, (one) => measureSubject(one, SECONDS));
    const figures = {
      ...measureOnSlowDisk(library, folder(), SECONDS),
      ...prefixed('slow.postgres', await measure(ownPostgres(server.url))),
      ...prefixed('slow.pgboss', await measure(pgBoss(server.url))),
    };
    const fastest = Math.max(...LONE.map((name) => figures[name] ?? 0));
    if (fastest > 500)
      throw new Error(`The slow disk is not slow: one caller got ${fastest} flushes a second of 2 ms each.`);
    return figures;
  } finally {
    await server.stop();
  }
};

const PARTS: Record<string, Part> = { engines, backlog, million, http, lanes, slow };
/** They repeat by themselves what is to be repeated. */
const ONCE = new Set(['backlog', 'million']);

/** The median of each figure over the runs. */
function medians(runs: readonly Figures[]): Figures {
  const names = new Set(runs.flatMap((figures) => Object.keys(figures)));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = runs.flatMap((figures) => figures[name] ?? []).sort((a, b) => a - b);
      return [name, values[Math.floor(values.length / 2)] ?? 0];
    }),
  );
}

const isPeer = (name: string): boolean => /^(slow\.)?(pgboss|bullmq|bare)\.|^http\.none\.|^lanes\.off\./.test(name);

export const storeBench: Benchmark = {
  name: 'store',
  about:
    'the durable store: accept, take and settle, long queues, start, HTTP, against pg-boss and BullMQ in the same run',
  async run(say) {
    const root = mkdtempSync(path.join(os.tmpdir(), 'relay-bench-'));
    // A PostgreSQL that runs as a user of its own reads the library that slows its disk.
    chmodSync(root, 0o711);
    let folders = 0;
    const folder = (): string => {
      const name = path.join(root, String(folders++));
      mkdirSync(name);
      return name;
    };
    const server = await startServer();
    const only = process.env['BENCH_ONLY']?.split(',');
    try {
      let figures: Figures = {};
      for (const [name, part] of Object.entries(PARTS)) {
        if (only && !only.includes(name)) continue;
        const runs: Figures[] = [];
        for (let run = 0; run < (ONCE.has(name) ? 1 : RUNS); run++)
          runs.push(await part({ folder, postgres: server.url }, say));
        const found = medians(runs);
        for (const [figure, value] of Object.entries(found)) say(`     ${figure} ${value}`);
        figures = { ...figures, ...found };
      }
      const goals = judge(figures);
      for (const { goal, figure, met } of goals) say(`${met ? 'met ' : 'MISS'} ${goal}: ${figure}`);
      const split = (peer: boolean): Figures =>
        Object.fromEntries(Object.entries(figures).filter(([name]) => isPeer(name) === peer));
      return { name: 'store', figures: split(false), peer: split(true), goals };
    } finally {
      await server.stop();
      rmSync(root, { recursive: true, force: true });
    }
  },
};
