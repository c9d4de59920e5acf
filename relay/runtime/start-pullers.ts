import type { ReadPage } from '../../contract';
import type { FlowMapper } from '../config/load-mapper';
import type { RelayConfig } from '../config/schema';
import type { ContextFinder } from '../context/find-context';
import { refreshContext } from '../context/refresh-context';
import { sourceOfCrm } from '../crm/source-of-crm';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { Puller } from '../pull/puller';
import { noteRates } from '../rates/watch-rates';
import { Reconciler } from '../reconcile/nightly';
import type { RelayServices } from '../http/services';
import type { Dispatching } from './start-dispatching';

export interface Pullers {
  of: ReadonlyMap<string, Puller>;
  reconcilers: ReadonlyMap<string, Reconciler>;
  stop: () => Promise<void>;
}

/** Starts the reading of what NetSuite owns and CRMs mirror, one reader an account. */
export async function startPullers(
  config: RelayConfig,
  services: RelayServices,
  dispatching: Dispatching,
  finder: ContextFinder,
  mapper: () => FlowMapper,
  adapters: readonly CrmAdapter[],
  holder: string,
): Promise<Pullers> {
  const { store, log, now } = services;
  const of = new Map<string, Puller>();
  const reconcilers = new Map<string, Reconciler>();
  for (const [account, { client, withSlot }] of dispatching.accounts) {
    const { retrySeconds } = config.delivery;
    const shared = { account, store, client, withSlot, crm: config.crm, retrySeconds, log, now };
    const onRows = async (page: ReadPage, news: boolean): Promise<void> => {
      await noteRates(store, account, page);
      // A first reading tells what has been, not what has changed.
      if (news) await refreshContext({ finder, store, now }, account, page);
    };
    const context = { ...shared, set: () => mapper().set(account), onRows };
    of.set(account, new Puller({ ...context, holder }));
    const sourceOf = (name: string): string | null => {
      const crm = config.crm.find((one) => one.name === name);
      return (crm && sourceOfCrm(config, crm)?.name) ?? null;
    };
    reconcilers.set(account, new Reconciler({ ...context, sourceOf }, adapters, config.reconcile));
  }
  for (const puller of of.values()) await puller.start();
  for (const reconciler of reconcilers.values()) reconciler.start();
  return {
    of,
    reconcilers,
    stop: async () => {
      await Promise.all([...of.values(), ...reconcilers.values()].map((one) => one.stop()));
    },
  };
}
