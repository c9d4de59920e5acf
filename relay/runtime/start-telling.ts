import type { RelayConfig } from '../config/schema';
import type { RelayServices } from '../http/services';
import { startWriteback } from '../writeback/start-writeback';

/** Has each CRM record say what became of it in NetSuite. */
export const startTelling = (config: RelayConfig, { store, log, now }: RelayServices): (() => Promise<void>) =>
  startWriteback({
    store,
    crm: config.crm,
    sources: config.sources,
    retrySeconds: config.delivery.retrySeconds,
    log,
    now,
  });
