import { Agent } from 'undici';
import * as z from 'zod';
import type { Flow, FlowSet } from '../../flows';
import { ConfigError } from '../config/config-error';
import { explainConfigIssues } from '../config/explain-config-issues';
import type { FlowMapper } from '../config/load-mapper';
import type { RelayConfig } from '../config/schema';
import type { CrmConfig } from '../config/schema-crm';
import type { ContextOptions } from '../context/write-context';
import { createCrmAdapter } from '../crm/create-crm-adapter';
import { startFetchingMissing } from '../crm/fetch-missing';
import { followChanges } from '../crm/follow-changes';
import { echoJudge, type EchoJudge } from '../crm/is-echo';
import { FlowRouter } from '../crm/flow-router';
import { redirectMerged, type RedirectOptions } from '../crm/redirect-merged';
import { startPolling } from '../crm/poll-changes';
import { unknownSettings } from '../crm/unknown-settings';
import { sourceOfCrm } from '../crm/source-of-crm';
import type { CrmAdapter, CrmChange } from '../delivery/crm-adapter';
import { WebhookRouter } from '../delivery/route-events';
import type { EventRouter } from '../delivery/route-events';
import type { Logger } from 'pino';
import { PullRouter } from '../pull/pull-router';
import type { Puller } from '../pull/puller';
import type { Store } from '../store/types';
import { startDeliveries } from '../delivery/start-deliveries';
import { WebhookAdapter } from '../delivery/webhook-adapter';
import { screenServices } from '../http/accept/accept-request';
import type { RelayServices } from '../http/services';
import { ShadowRouter } from '../screening/shadow-router';
import { assertAllowedUrl, guardedLookup } from '../security/guard-target';

/** Who decides where a change of NetSuite goes: the flows towards CRMs, and the webhooks that take changes as they are. */
export function buildRouters(
  config: RelayConfig,
  mapper: () => FlowMapper,
  store: Store,
  pullers: () => ReadonlyMap<string, Puller>,
  now: () => number,
): () => readonly EventRouter[] {
  const { retrySeconds } = config.delivery;
  const routers = [
    new FlowRouter({ crm: config.crm, flows: (account) => mapper().set(account), retrySeconds, store, now }),
    new WebhookRouter(config.crm, retrySeconds),
    new PullRouter(pullers),
    new ShadowRouter(store, (account) => mapper().set(account)),
  ];
  return () => routers;
}

/** The adapters of the configured CRMs. Throws `ConfigError` for missing options and for targets that lead where they must not. */
export function buildAdapters(config: RelayConfig, mapper: () => FlowMapper, store?: Store): CrmAdapter[] {
  return config.crm.map((crm, index) => {
    const unknown = unknownSettings(crm);
    if (unknown.length > 0) {
      const message = 'is not a known setting of a CRM of this kind; check its spelling against docs/configuration.md';
      throw new ConfigError(
        'configuration',
        unknown.map((name) => ({ path: `crm.${index}.${name}`, message })),
      );
    }
    try {
      return buildAdapter(crm, config, mapper, store);
    } catch (error) {
      if (error instanceof z.core.$ZodError) {
        throw new ConfigError('configuration', explainConfigIssues(error.issues, ['crm', index]));
      }
      const message = error instanceof Error ? error.message : String(error);
      throw new ConfigError('configuration', [{ path: `crm.${index}`, message }]);
    }
  });
}

function buildAdapter(crm: CrmConfig, config: RelayConfig, mapper: () => FlowMapper, store?: Store): CrmAdapter {
  const { timeoutMs } = config.delivery;
  if (crm.kind === 'webhook') return new WebhookAdapter(crm, timeoutMs);
  if (crm.baseUrl !== undefined) assertAllowedUrl(crm.baseUrl, crm.allowPrivateHosts);
  const dispatcher = new Agent({
    connect: { lookup: guardedLookup(crm.allowPrivateHosts), timeout: Math.min(timeoutMs, 10_000) },
    connections: crm.limits.inFlight * 2,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const adapter = createCrmAdapter(crm, {
    flowsFor: (kind, object) => {
      const source = { kind, name: crm.name };
      return [...mapper().flowsFor(source, object), ...mapper().contextFlowsFor(source, object)];
    },
    dispatcher,
    ...(store ? { store } : {}),
  });
  if (!adapter) throw new Error(`there is no adapter for CRMs of the kind ${crm.kind}`);
  return adapter;
}

const DAY_MS = 86_400_000;

/** Once a day, and at the start, signs in to CRMs whose sign-in would otherwise end for want of use. */
export function keepSignedIn(adapters: readonly CrmAdapter[], log: Logger): () => Promise<void> {
  const stopping = new AbortController();
  const once = async ({ keepAlive, name }: CrmAdapter): Promise<void> => {
    try {
      await keepAlive?.(stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted)
        log.warn({ err: error, crm: name }, 'signing in failed; a refresh token ends when it is not used for long');
    }
  };
  const round = (): Promise<unknown> => Promise.all(adapters.map(once));
  let running = round();
  const timer = setInterval(() => void (running = round()), DAY_MS);
  return async () => {
    stopping.abort();
    clearInterval(timer);
    await running;
  };
}

/** Starts the writes to, and readings from, every configured CRM. */
export async function startCrmWork(
  services: RelayServices,
  adapters: readonly CrmAdapter[],
  context: ContextOptions,
  holder: string,
) {
  const { config } = services.settings();
  const { store, mapper, metrics, log } = services;
  return startDeliveries({
    store,
    config,
    adapters,
    mapper,
    screen: screenServices(services),
    target: (name) => {
      const current = services.settings().config;
      const source = current.sources.find((one) => one.name === name);
      const account = source?.account ?? current.netsuite[0]?.account;
      return source && account !== undefined ? { source, account } : null;
    },
    context,
    metrics,
    holder,
    log,
    now: () => store.now(),
  });
}

/** Has records that others wait for, and that nobody sent, read from their CRM; what names a merged record follows the merge. */
export function startFetching(config: RelayConfig, services: RelayServices, mapper: () => FlowMapper) {
  const { store, log, now } = services;
  const accounts = config.netsuite.map(({ account }) => account);
  const { findMerged } = screenServices(services);
  const seen = new Set<string>();
  const redirect: RedirectOptions | null = findMerged
    ? {
        store,
        accounts,
        crm: () => config.crm,
        flow: (account, id) =>
          mapper()
            .set(account)
            .flows.find((flow) => flow.id === id),
        findMerged,
        requiresMs: () => mapper().requiresMs,
        log,
        now,
      }
    : null;
  return startFetchingMissing({
    store,
    accounts,
    crm: config.crm,
    sources: config.sources,
    flows: (account) => mapper().set(account),
    log,
    now: Date.now,
    ...(redirect ? { first: () => redirectMerged(redirect, seen) } : {}),
  });
}

/** Asks the CRMs that are configured so what changed. Answers a function that stops it. */
export function startCrmPolling(services: RelayServices, adapters: readonly CrmAdapter[], mapper: () => FlowMapper) {
  const { config } = services.settings();
  const stops = config.crm.flatMap((crm) => {
    const adapter = adapters.find(({ name }) => name === crm.name);
    const source = sourceOfCrm(config, crm);
    if (!adapter || !source) return [];
    const account = source.account ?? config.netsuite[0]?.account ?? '';
    const own = (): Flow[] =>
      mapper()
        .set(account)
        .flows.filter((flow) => flow.enabled && [crm.name, crm.kind].includes(flow.crm));
    const objects = (): string[] => {
      const taken = own().filter((flow) => flow.direction === 'toNetSuite' || flow.asks !== undefined);
      return [...new Set(taken.map(({ object }) => object))];
    };
    const { store, log, now } = services;
    const isKept = (object: string): boolean => mapper().flowsFor(source, object).length > 0;
    // A load of our own comes back as as many changes: what they are judged by is made once for each state of the flows.
    const judges = new Map<string, { set: FlowSet; judge: EchoJudge }>();
    const isEcho = (object: string, change: CrmChange): boolean => {
      if (!services.settings().config.guards.origin) return false;
      const set = mapper().set(account);
      const known = judges.get(object);
      const judge = known?.set === set ? known.judge : echoJudge(own().filter((flow) => flow.object === object));
      judges.set(object, { set, judge });
      return judge(change);
    };
    const common = { store, adapter, source: source.name, objects, isKept, log };
    const { name, poll } = crm;
    return [
      ...(poll && adapter.readChanges ? [startPolling({ ...common, crm: { name, poll }, now })] : []),
      ...(crm.stream && adapter.streamChanges ? [followChanges({ ...common, isEcho })] : []),
    ];
  });
  return async (): Promise<void> => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
