import type { RelayConfig } from '../config/schema';
import { RateLimiter } from '../http/rate-limit';
import type { Settings } from '../http/services';
import { ApiKeys } from '../security/verify-api-key';
import { JwtIssuers } from '../security/verify-jwt';

/** What follows from a configuration and may be exchanged while the relay runs. */
export const buildSettings = (config: RelayConfig): Settings => ({
  config,
  apiKeys: new ApiKeys(config.sources),
  jwtIssuers: new JwtIssuers(config.sources),
  rateLimiter: new RateLimiter(config.limits.requests.quota, config.limits.requests.windowSeconds),
});

/** Settings whose change needs a restart, because something was built from them. */
const FIXED = [
  'listen',
  'store',
  'netsuite',
  'crm',
  'trustProxy',
  'lanes',
  'bulkJobs',
  'telemetry',
  'timeouts',
  'dispatch',
  'delivery',
  'environment',
  'reconcile',
  'log',
] as const;

/** Names of settings that differ and can't be taken over while running. */
export const needsRestart = (running: RelayConfig, next: RelayConfig): string[] =>
  FIXED.filter((name) => JSON.stringify(fixedPart(running, name)) !== JSON.stringify(fixedPart(next, name)));

/** Credentials of an account are taken over; what else it says is not. */
const fixedPart = (config: RelayConfig, name: (typeof FIXED)[number]): unknown =>
  name === 'netsuite' ? config.netsuite.map((netsuite) => ({ ...netsuite, auth: null })) : config[name];

/** The running configuration's fixed settings under the next one's others, with the next credentials. */
export function mergeReload(running: RelayConfig, next: RelayConfig, kept: readonly string[]): RelayConfig {
  const fixed = Object.fromEntries(kept.map((name) => [name, running[name as keyof RelayConfig]]));
  const netsuite = running.netsuite.map((one) => {
    const auth = next.netsuite.find(({ account }) => account === one.account)?.auth;
    return auth === undefined ? one : { ...one, auth };
  });
  return { ...next, ...fixed, netsuite: kept.includes('netsuite') ? netsuite : next.netsuite };
}
