import type { RelayServices } from '../services';

/** What the console's first page shows. */
export async function overviewOf(services: RelayServices) {
  const { store, now } = services;
  const stats = await store.stats();
  const pools = await Promise.all((await store.pools()).map((pool) => store.poolStatus(pool)));
  return {
    at: new Date(now()).toISOString(),
    engine: store.engine,
    accepted: stats.accepted,
    purged: stats.purged,
    byState: stats.byState,
    byPoolAndLane: stats.byPoolAndLane,
    oldestQueuedAt: stats.oldestQueuedAt === null ? null : new Date(stats.oldestQueuedAt).toISOString(),
    pools: pools.filter((pool) => pool !== null),
    dispatching: services.dispatching(),
    refusedAccounts: services.refusedAccounts(),
    stopping: services.stopping(),
  };
}
