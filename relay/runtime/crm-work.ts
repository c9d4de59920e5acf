import type { RelayConfig } from '../config/schema';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { WebhookRouter } from '../delivery/route-events';
import type { EventRouter } from '../delivery/route-events';
import { startDeliveries } from '../delivery/start-deliveries';
import { WebhookAdapter } from '../delivery/webhook-adapter';
import type { RelayServices } from '../http/services';

/** Who decides where a change of NetSuite goes. */
export function buildRouters(config: RelayConfig): () => readonly EventRouter[] {
  const routers = [new WebhookRouter(config.crm, config.delivery.retrySeconds)];
  return () => routers;
}

/** Starts the writes to, and readings from, every configured CRM. */
export async function startCrmWork(services: RelayServices, holder: string) {
  const { config } = services.settings();
  const { store, mapper, metrics, log, now } = services;
  return startDeliveries({
    store,
    config,
    adapters: buildAdapters(config),
    mapper,
    target: (name) => {
      const current = services.settings().config;
      const source = current.sources.find((one) => one.name === name);
      const account = source?.account ?? current.netsuite[0]?.account;
      return source && account !== undefined ? { source, account } : null;
    },
    metrics,
    holder,
    log,
    now,
  });
}

function buildAdapters(config: RelayConfig): CrmAdapter[] {
  return config.crm.flatMap((crm) =>
    crm.kind === 'webhook' ? [new WebhookAdapter(crm, config.delivery.timeoutMs)] : [],
  );
}
