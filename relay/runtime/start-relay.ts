import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { FlowSet } from '../../flows';
import type { FlowMapper } from '../config/load-mapper';
import type { RelayConfig } from '../config/schema';
import { startAlerts } from '../alerts/start-alerts';
import { ContextFinder } from '../context/find-context';
import { mountConsole } from '../console/mount-console';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { EventInlet } from '../delivery/take-events';
import { createApp } from '../http/create-app';
import { countOutcomes, createMetrics } from '../http/metrics';
import type { RelayServices, Settings } from '../http/services';
import { Settlements } from '../http/settlements';
import { StopState } from '../http/stop-state';
import { startWaker } from '../dispatch';
import type { Store } from '../store/types';
import { noteRules } from '../watch/rules-in-force';
import { FlowActivity, watchActivity } from '../watch/flow-activity';
import { addWatchGauges } from '../watch/watch-gauges';
import { buildSettings, mergeReload, needsRestart } from './build-settings';
import { buildAdapters, buildRouters, keepSignedIn, startCrmPolling, startCrmWork, startFetching } from './crm-work';
import { startComparing } from './compare-relays';
import { forgetAccount } from './forget-account';
import { listen } from './http-server';
import { fileReader } from './read-files';
import { startDispatching, type Dispatching } from './start-dispatching';
import { startPullers, type Pullers } from './start-pullers';
import { startTelling } from './start-telling';
import { startPurging } from './start-purging';
import { startSavingActivity } from '../watch/start-saving-activity';
import { startTracing } from './start-tracing';

export interface RunningRelay {
  url: string;
  services: RelayServices;
  /** Takes over what may change while running; answers the settings that need a restart. */
  reload: (config: RelayConfig, mapper: FlowMapper) => string[];
  /** Accepts nothing new, finishes what is under way (at most `timeouts.drainMs`), closes the store. */
  stop: () => Promise<void>;
}

/** Share of the drain after which callers that wait for an outcome are answered without it. */
const LET_GO = 0.8;

export interface RelayParts {
  config: RelayConfig;
  mapper: FlowMapper;
  store: Store;
  log: Logger;
  now?: () => number;
}

/** What works from some point of the start on, and ends by itself when it is told to. */
interface Part {
  stop: (drainMs: number) => Promise<void>;
}

/**
 * Wires the parts and starts them: first what finishes old work, then the door for new work. A start that fails ends what it began, calls
 * under way included, so that no slot and no operation stays leased, and closes the store.
 */
export async function startRelay(parts: RelayParts): Promise<RunningRelay> {
  const { store, config, log } = parts;
  const begun: Part[] = [];
  try {
    return await startParts(parts, begun);
  } catch (error) {
    if (begun.length > 0) log.error({ err: error }, 'the start failed; what it began is ended first');
    await Promise.allSettled(begun.map((part) => part.stop(config.timeouts.drainMs)));
    await store.close();
    throw error;
  }
}

async function startParts(parts: RelayParts, begun: Part[]): Promise<RunningRelay> {
  const { config, mapper, log, now = Date.now } = parts;
  // A port that is taken, or a certificate that can't be read, is known before anything is sent.
  const server = await listen(config);
  begun.push(server);
  const activity = new FlowActivity(config.netsuite.map(({ account }) => account));
  const store = watchActivity(parts.store, activity, now);
  const holder = `${hostname()}:${process.pid}`;
  const stopState = new StopState();
  const { tracer, stopTracing } = startTracing(config, holder, log);
  const metrics = createMetrics(store);
  const settlements = new Settlements(store);
  const current: Current = { settings: buildSettings(config), mapper, publicUrl: config.publicUrl ?? server.url };
  const adapters = buildAdapters(config, () => current.mapper, store);
  let pullers: Pullers = { of: new Map(), reconcilers: new Map(), stop: () => Promise.resolve() };
  const mapperNow = (): FlowMapper => current.mapper;
  const routers = buildRouters(config, mapperNow, store, () => pullers.of, now);
  const events = new EventInlet(store, routers, log);
  const dispatching = await startDispatching(config, store, events, {
    log,
    now,
    holder,
    tracer,
    flows: (account) => current.mapper.set(account),
    onSettled: countOutcomes(metrics, () => store.now()),
    readFile: fileReader(config, adapters),
  });
  begun.push(dispatching);
  const support = connectSupport(config, store, dispatching, mapperNow, now);
  const services: RelayServices = {
    settings: () => current.settings,
    store,
    mapper: followMapper(() => current.mapper),
    events,
    settlements,
    metrics,
    activity,
    tracer,
    log,
    now,
    publicUrl: () => current.publicUrl.replace(/\/$/, ''),
    stopping: stopState.isStopping,
    dispatching: dispatching.running,
    refusedAccounts: dispatching.refused,
    ...support.services,
    ...commandsOf(() => pullers),
    forget: async (account) => (dispatching.accounts.has(account) ? forgetAccount(store, account) : null),
  };
  addWatchGauges(services);
  await noteRules(services);
  pullers = await startPullers(config, services, dispatching, support.finder, mapperNow, adapters, holder);
  begun.push(pullers);
  const crmWork = await startCrmWork(services, adapters, support.context, holder);
  begun.push(crmWork);
  const stopErrands = startErrands(config, services, adapters, () => current.mapper, holder);
  server.serve(createApp(services, mountConsole));
  const accounts = config.netsuite.map(({ account }) => account);
  log.info({ url: server.url, engine: store.engine, accounts }, 'relay is up');

  const reload = reloader(current, dispatching, services);
  const stop = async (): Promise<void> => {
    stopState.begin();
    await stopWork(services, settlements, begun);
    await stopErrands();
    settlements.close();
    await store.close();
    await stopTracing();
    log.info('stopped');
  };
  return { url: server.url, services, reload, stop };
}

/** Ends what is under way, in the time that a stop may take. */
async function stopWork(
  { settings, log }: RelayServices,
  settlements: Settlements,
  parts: readonly Part[],
): Promise<void> {
  const { drainMs } = settings().config.timeouts;
  log.info({ drainMs }, 'stopping');
  // Who waits for an outcome is told in time that it is stored, instead of being cut off.
  const letGo = setTimeout(() => settlements.close(), drainMs * LET_GO);
  await Promise.all(parts.map((part) => part.stop(drainMs)));
  clearTimeout(letGo);
}

interface Current {
  settings: Settings;
  mapper: FlowMapper;
  publicUrl: string;
}

/** Takes over what may change; credentials are read before anything is exchanged, so that a bad key changes nothing. */
const reloader =
  (current: Current, dispatching: Dispatching, services: RelayServices): RunningRelay['reload'] =>
  (next, mapper) => {
    const running = current.settings.config;
    const kept = needsRestart(running, next);
    const auth = dispatching.prepareAuth(next, running);
    current.settings = buildSettings(mergeReload(running, next, kept));
    current.mapper = mapper;
    auth.take();
    if (next.publicUrl !== undefined) current.publicUrl = next.publicUrl;
    const { log } = services;
    noteRules(services).catch((error: unknown) => log.error({ err: error }, 'the version of the flows was not kept'));
    log.info({ needsRestart: kept }, 'configuration reloaded');
    return kept;
  };

/** What cases and tickets are shown of their customers, and how it is asked for. */
function connectSupport(
  config: RelayConfig,
  store: Store,
  { accounts }: Dispatching,
  mapper: () => FlowMapper,
  now: () => number,
) {
  const finder = new ContextFinder({ accounts, store, now });
  const set = (account: string): FlowSet => mapper().set(account);
  const { retrySeconds } = config.delivery;
  const services: Pick<RelayServices, 'findContext' | 'flowsOf'> = {
    findContext: (account, externalId) => finder.find(account, externalId),
    flowsOf: set,
  };
  return { finder, context: { finder, store, crm: config.crm, set, retrySeconds, now }, services };
}

/** Readings and comparisons that an administrator asks for. */
const commandsOf = (pullers: () => Pullers): Pick<RelayServices, 'pull' | 'reconcile'> => ({
  pull: async (account, flow) => (await pullers().of.get(account)?.run(flow)) ?? null,
  reconcile: async (account, flow, repair) => (await pullers().reconcilers.get(account)?.run(flow, repair)) ?? null,
});

/** What goes on beside the calls: waking, purging, alerts, reading what is missing or changed, telling CRM records their state. */
function startErrands(
  config: RelayConfig,
  services: RelayServices,
  adapters: readonly CrmAdapter[],
  mapper: () => FlowMapper,
  holder: string,
): () => Promise<void> {
  const { store, log } = services;
  const unlisten = countSettled(services);
  const stops = [
    startTelling(config, services),
    startWaker(store, log),
    startPurging(services),
    startComparing({ store, holder, config: () => services.settings().config, log, now: () => store.now() }),
    startSavingActivity(services),
    startAlerts(services),
    startFetching(config, services, mapper),
    startCrmPolling(services, adapters, mapper),
    keepSignedIn(adapters, log),
  ];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
    unlisten();
  };
}

const countSettled = ({ store, metrics }: RelayServices): (() => void) =>
  store.onSettled((settled) => {
    for (const { state } of settled) metrics.settled.inc({ state });
  });

/** The mapper of the moment: a reload takes effect with the next record. */
const followMapper = (current: () => FlowMapper): RelayServices['mapper'] => ({
  flowsFor: (source, object) => current().flowsFor(source, object),
  contextFlowsFor: (source, object) => current().contextFlowsFor(source, object),
  map: (flow, record, account) => current().map(flow, record, account),
  sourceOfKey: (account, recordType, externalId) => current().sourceOfKey(account, recordType, externalId),
  get requiresMs() {
    return current().requiresMs;
  },
});
