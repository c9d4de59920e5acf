import type { Logger } from 'pino';
import type { RelayConfig } from '../config/schema';
import { Dispatch, RequestAnswers, startPulling } from '../dispatch';
import type { EventInlet } from '../delivery/take-events';
import type { RestletClient } from '../netsuite';
import type { PoolConfig, Store } from '../store/types';
import { connectNetSuite } from './connect-netsuite';

export interface Dispatching {
  /** Takes nothing new and waits for calls in flight. */
  stop: (drainMs: number) => Promise<void>;
  running: () => boolean;
}

interface Account {
  client: RestletClient;
  dispatch: Dispatch;
  stopPulling: () => Promise<void>;
}

/** Starts the work towards every NetSuite account: calls within its slots, and the pull of its change events. */
export async function startDispatching(
  config: RelayConfig,
  store: Store,
  events: EventInlet,
  { log, now, holder }: { log: Logger; now: () => number; holder: string },
): Promise<Dispatching> {
  const accounts = config.netsuite.map((netsuite): Account => {
    const { account } = netsuite;
    const client = connectNetSuite(netsuite, config.timeouts.connectMs);
    const { connectMs, budgetMs, answerMarginMs, lateWriterMarginMs } = config.timeouts;
    const dispatch = new Dispatch({
      ...config.dispatch,
      store,
      pool: account,
      client,
      slots: slotsOf(config, netsuite),
      budget: { ms: budgetMs, ...(netsuite.budgetUnits === undefined ? {} : { units: netsuite.budgetUnits }) },
      timeouts: { connectMs, answerMarginMs, lateWriterMarginMs },
      holder,
      log,
      now,
      random: Math.random,
    });
    const { mode, everySeconds } = netsuite.events;
    const stopPulling =
      mode === 'pull'
        ? startPulling({
            account,
            client,
            store,
            everySeconds,
            withSlot: (work) => dispatch.withSlot(work),
            log,
            take: (from, taken, more) => events.take(from, taken, more),
          })
        : () => Promise.resolve();
    const answers = new RequestAnswers({ account, client, withSlot: (work) => dispatch.withSlot(work), log });
    events.answerThrough(account, (given) => answers.send(given));
    return { client, dispatch, stopPulling: () => (answers.stop(), stopPulling()) };
  });
  let running = true;
  for (const { dispatch } of accounts) await dispatch.start();
  return {
    running: () => running,
    stop: async (drainMs) => {
      running = false;
      await Promise.all(accounts.map((account) => stopAccount(account, drainMs)));
    },
  };
}

async function stopAccount({ client, dispatch, stopPulling }: Account, drainMs: number): Promise<void> {
  await Promise.all([dispatch.stop(drainMs), stopPulling()]);
  await client.close();
}

/** Slots of an account: what it allows less what is left to others, at most what the integration is allotted. */
function slotsOf({ lanes }: RelayConfig, { concurrency }: RelayConfig['netsuite'][number]): PoolConfig {
  const slots = Math.min(concurrency.limit - concurrency.headroom, concurrency.allotment ?? Infinity);
  // With a single slot nothing can be reserved: it would shut out every other lane for good.
  const reserved = (wanted: number) => (slots > 1 ? wanted : 0);
  return {
    slots,
    lanes: {
      realtime: { reserved: reserved(lanes.realtime.reserved), weight: lanes.realtime.weight },
      bulk: { reserved: reserved(lanes.bulk.reserved), weight: lanes.bulk.weight },
      replay: { reserved: reserved(lanes.replay.reserved), weight: lanes.replay.weight },
    },
  };
}
