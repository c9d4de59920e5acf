import { pino } from 'pino';
import { parseConfig } from '../../relay/config/load-config';
import { loadMapper } from '../../relay/config/load-mapper';
import { EventInlet } from '../../relay/delivery/take-events';
import { createMetrics } from '../../relay/http/metrics';
import type { RelayServices } from '../../relay/http/services';
import { Settlements } from '../../relay/http/settlements';
import { buildSettings } from '../../relay/runtime/build-settings';
import { buildRouters } from '../../relay/runtime/crm-work';
import type { Store } from '../../relay/store/types';
import { FlowActivity } from '../../relay/watch/flow-activity';

const machine = { env: () => '', file: () => '', command: () => '' };

/** What the relay's HTTP interface works with, over a store and a configuration, without anything that delivers. */
export function relayServices(
  store: Store,
  configuration: Record<string, unknown>,
  more: Partial<RelayServices> = {},
): RelayServices & { settlements: Settlements } {
  const config = parseConfig(JSON.stringify(configuration), 'test.json', machine, '/');
  const mapper = loadMapper(config, 'test.json');
  const settings = buildSettings(config);
  const settlements = new Settlements(store);
  const log = pino({ level: 'silent' });
  const routers = buildRouters(
    config,
    () => mapper,
    store,
    () => new Map(),
    Date.now,
  );
  return {
    settings: () => settings,
    store,
    mapper,
    events: new EventInlet(store, routers, log),
    settlements,
    metrics: createMetrics(store),
    activity: new FlowActivity(config.netsuite.map(({ account }) => account)),
    log,
    now: Date.now,
    publicUrl: () => 'https://relay.example.com',
    stopping: () => false,
    dispatching: () => true,
    refusedAccounts: () => [],
    pull: () => Promise.resolve(null),
    reconcile: () => Promise.resolve(null),
    forget: () => Promise.resolve(null),
    findContext: () => Promise.reject(new Error('no account is connected')),
    flowsOf: (account) => mapper.set(account),
    ...more,
  };
}
