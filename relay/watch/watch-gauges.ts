import { Gauge } from 'prom-client';
import type { RelayServices } from '../http/services';
import { readOrClear } from '../http/store-gauges';
import { releaseCursor } from '../runtime/watch-names';
import { listCredentials } from './credentials';

const MS = 1000;

/** Gauges of what an alert would tell too: a monitoring system may have rules of its own. */
export function addWatchGauges({ metrics, activity, settings, store }: RelayServices): void {
  const registers = [metrics.registry];
  new Gauge({
    name: 'suiterelay_flow_last_operation_timestamp_seconds',
    help: 'When this process last accepted an operation of a flow; take the greatest of several relays.',
    labelNames: ['account', 'flow'],
    registers,
    collect() {
      for (const { account, flow, atMs } of activity.all()) this.set({ account, flow }, atMs / MS);
    },
  });
  new Gauge({
    name: 'suiterelay_credential_timestamp_seconds',
    help: 'When a key, token or certificate was issued, and when it ends, where that is known.',
    labelNames: ['credential', 'kind'],
    registers,
    collect() {
      this.reset();
      for (const { name: credential, issuedMs, expiresMs } of listCredentials(settings().config)) {
        if (issuedMs !== null) this.set({ credential, kind: 'issued' }, issuedMs / MS);
        if (expiresMs !== null) this.set({ credential, kind: 'expires' }, expiresMs / MS);
      }
    },
  });
  new Gauge({
    name: 'suiterelay_netsuite_release_info',
    help: 'Always 1; the label says which release of NetSuite an account runs.',
    labelNames: ['account', 'release'],
    registers,
    collect() {
      this.reset();
      return readOrClear(
        async () => {
          for (const { account } of settings().config.netsuite) {
            const release = await store.getCursor(releaseCursor(account));
            if (release !== null) this.set({ account, release }, 1);
          }
        },
        () => this.reset(),
      );
    },
  });
}
