import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { FlowSet } from '../../flows';
import { ConfigError } from '../config/config-error';
import type { RelayConfig } from '../config/schema';
import { Dispatch, JobBell, RequestAnswers, startBulkJobs, startPulling, type FileReader } from '../dispatch';
import type { EventInlet } from '../delivery/take-events';
import { makeBulkCalls, type RestletClient } from '../netsuite';
import { LANES, type PoolConfig, type Store } from '../store/types';
import type { CountOutcomes } from '../telemetry/count-outcomes';
import type { Tracer } from '../telemetry/span';
import { connectRenewable, type NetSuiteConnection } from './connect-netsuite';
import { traceCalls } from './trace-calls';
import { watchAccount, type AccountWatch } from './watch-account';
import { IdentityWatch } from './watch-identity';
import { startWatchingNames } from './watch-names';

export interface AccountAccess {
  client: RestletClient;
  withSlot: <T>(work: () => Promise<T>) => Promise<T>;
}

/** The work towards one account, ready to begin. */
export interface Account {
  account: string;
  access: AccountAccess;
  prepareAuth: NetSuiteConnection['prepareAuth'];
  /** Asks whose the credentials are; nothing is sent before the answer. */
  watchIdentity: () => IdentityWatch;
  begin: () => Promise<void>;
  /** Takes nothing new and waits for calls in flight. */
  stop: (drainMs: number) => Promise<void>;
}

export interface Surroundings {
  log: Logger;
  now: () => number;
  holder: string;
  tracer?: Tracer | undefined;
  flows: (account: string) => FlowSet;
  /** Told what became of the operations of each call and job. */
  onSettled: CountOutcomes;
  readFile: FileReader;
}

/** Nothing is sent before `begin`: the pool must be set up first. */
export function startAccount(
  config: RelayConfig,
  netsuite: RelayConfig['netsuite'][number],
  store: Store,
  events: EventInlet,
  surroundings: Surroundings,
): Account {
  const { account } = netsuite;
  const { log, now } = surroundings;
  const { client: connection, prepareAuth } = usable(config, account, () =>
    connectRenewable(netsuite, config.timeouts.connectMs),
  );
  let watch: AccountWatch | null = null;
  const onMadeAnew = (): void => watch?.look();
  const dispatch = makeDispatch(config, netsuite, store, connection, { ...surroundings, onMadeAnew });
  const stops: (() => Promise<void>)[] = [];
  const withSlot = <T>(work: () => Promise<T>): Promise<T> => dispatch.withSlot(work);
  const client = dispatch.errandClient;
  const bell = new JobBell();
  events.onJobEnd(account, () => bell.ring());
  const answers = new RequestAnswers({ account, client, withSlot, log });
  events.answerThrough(account, (given) => answers.send(given));
  return {
    account,
    access: { client, withSlot },
    prepareAuth,
    watchIdentity: () => {
      const identity = new IdentityWatch({
        account,
        client,
        ask: (work) => dispatch.askFirst(work),
        askInLine: withSlot,
        hold: () => dispatch.hold(),
        go: () => dispatch.go(),
        log,
      });
      stops.push(() => identity.stop());
      return identity;
    },
    begin: async () => {
      await dispatch.start();
      if (netsuite.events.mode === 'pull') {
        const { everySeconds } = netsuite.events;
        const take: EventInlet['take'] = (from, taken, more) => events.take(from, taken, more);
        stops.push(startPulling({ account, client, store, everySeconds, withSlot, log, take }));
      }
      const flows = (): FlowSet => surroundings.flows(account);
      stops.push(startWatchingNames({ account, client, store, flows, withSlot, log, now }));
      watch = watchAccount({ account, client, store, withSlot, log, now });
      stops.push(watch.stop);
      if (config.bulkJobs.enabled)
        stops.push(startJobs(config, account, { client, dispatch, store, bell, ...surroundings }));
    },
    stop: async (drainMs) => {
      answers.stop();
      const ending = Promise.all([dispatch.stop(drainMs), ...stops.map((stop) => stop())]);
      await Promise.race([ending, sleep(drainMs, undefined, { ref: false })]);
      // What is still unanswered ends as lost, and is noted down as such: its slot and its records wait, across the restart.
      await connection.close();
      await ending;
      await dispatch.settled();
    },
  };
}

function makeDispatch(
  config: RelayConfig,
  netsuite: RelayConfig['netsuite'][number],
  store: Store,
  client: RestletClient,
  surroundings: Surroundings & { onMadeAnew: () => void },
): Dispatch {
  const { log, now, holder, tracer, onSettled, onMadeAnew, readFile } = surroundings;
  const { connectMs, budgetMs, answerMarginMs, lateWriterMarginMs } = config.timeouts;
  return new Dispatch({
    ...config.dispatch,
    store,
    pool: netsuite.account,
    client,
    slots: slotsOf(config, netsuite),
    paused: LANES.filter((lane) => config.lanes[lane].paused),
    budget: { ms: budgetMs, ...(netsuite.budgetUnits === undefined ? {} : { units: netsuite.budgetUnits }) },
    timeouts: { connectMs, answerMarginMs, lateWriterMarginMs },
    sourceWeights: Object.fromEntries(config.sources.map(({ name, weight }) => [name, weight])),
    holder,
    log,
    now: () => store.now(),
    random: Math.random,
    onSettled,
    onMadeAnew,
    readFile,
    ...(tracer ? { onCall: traceCalls(tracer, netsuite.account, now) } : {}),
  });
}

/** Credentials that can't be read are a fault of the configuration. */
export function usable<T>({ netsuite }: RelayConfig, account: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const at = netsuite.findIndex((one) => one.account === account);
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${reason}; \`suiterelay keygen\` makes a key and its certificate`;
    throw new ConfigError('configuration', [{ path: `netsuite.${at}.auth`, message }]);
  }
}

/** A job nobody speaks for is taken over by another relay after this, in ms: several polls and a long call. */
const JOB_LEASE_MS = 240_000;

function startJobs(
  { bulkJobs, sources }: RelayConfig,
  pool: string,
  {
    client,
    dispatch,
    ...rest
  }: { client: RestletClient; dispatch: Dispatch; store: Store; bell: JobBell } & Surroundings,
): () => Promise<void> {
  const own = sources.flatMap(({ name, bulkJobsAbove }) =>
    bulkJobsAbove === undefined ? [] : [[name, bulkJobsAbove]],
  );
  return startBulkJobs({
    ...rest,
    pool,
    calls: makeBulkCalls(client),
    withSlot: (work) => dispatch.withSlot(work),
    backoff: dispatch.backoff,
    leaseMs: JOB_LEASE_MS,
    above: bulkJobs.above,
    aboveBySource: Object.fromEntries(own) as Record<string, number>,
    most: bulkJobs.most,
    pollMs: bulkJobs.pollSeconds * 1_000,
    patienceMs: bulkJobs.patienceMinutes * 60_000,
  });
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
