import type { PoolStatus, StoreStats } from '../store/types';
import type { AlertKind } from './alert';

export interface Condition {
  kind: AlertKind;
  title: string;
  remedy: string;
}

export interface Watched {
  stats: StoreStats;
  pools: readonly PoolStatus[];
  nowMs: number;
  /** Since when every usable slot of a pool is in use, ms since epoch. */
  fullSince: ReadonlyMap<string, number>;
  staleMs: number;
  saturatedMs: number;
}

/** Conditions of the whole relay that somebody should know of. */
export function judgeState(watched: Watched): Condition[] {
  return [...judgeBreakers(watched), ...judgeAge(watched), ...judgeSaturation(watched)];
}

const judgeBreakers = ({ pools }: Watched): Condition[] =>
  pools
    .filter(({ breaker }) => breaker.state === 'open')
    .map(({ pool, breaker }) => ({
      kind: 'breaker' as const,
      title: `Calls to ${pool} are stopped: ${breaker.reason ?? 'they keep failing'}`,
      remedy: 'Nothing is lost; it goes on by itself once calls work. `suiterelay doctor` says what is wrong.',
    }));

function judgeAge({ stats, nowMs, staleMs }: Watched): Condition[] {
  const { oldestQueuedAt } = stats;
  if (oldestQueuedAt === null || nowMs - oldestQueuedAt < staleMs) return [];
  const minutes = Math.round((nowMs - oldestQueuedAt) / 60_000);
  return [
    {
      kind: 'stale',
      title: `Something has waited for ${minutes} minutes`,
      remedy: 'Look whether a lane is paused, a required record is missing, or the account is busy.',
    },
  ];
}

function judgeSaturation({ pools, fullSince, nowMs, saturatedMs, stats }: Watched): Condition[] {
  return pools.flatMap(({ pool, usable }) => {
    const since = fullSince.get(pool);
    if (since === undefined || nowMs - since < saturatedMs) return [];
    const waiting = stats.byPoolAndLane
      .filter((row) => row.pool === pool && row.state === 'queued')
      .reduce((sum, row) => sum + row.count, 0);
    return [
      {
        kind: 'saturated' as const,
        title: `All ${Math.floor(usable)} usable slots of ${pool} are in use for ${Math.round((nowMs - since) / 60_000)} minutes, ${waiting} operations wait`,
        remedy:
          'Move bulk loads to the night, raise concurrency.limit if the account allows more, or add SuiteCloud Plus.',
      },
    ];
  });
}

/** Keeps since when each pool is full. */
export function updateFullSince(
  before: ReadonlyMap<string, number>,
  pools: readonly PoolStatus[],
  nowMs: number,
): Map<string, number> {
  const full = pools.filter(({ inUse, usable }) => inUse >= Math.max(1, Math.floor(usable)));
  return new Map(full.map(({ pool }) => [pool, before.get(pool) ?? nowMs]));
}
