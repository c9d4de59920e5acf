import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '../config/config-error';
import type { RelayConfig } from '../config/schema';
import type { EventInlet } from '../delivery/take-events';
import type { WrongIdentity } from '../netsuite';
import type { Store } from '../store/types';
import { startAccount, usable, type AccountAccess, type Surroundings } from './start-account';
import type { IdentityWatch } from './watch-identity';

export interface Dispatching {
  /** Takes nothing new and waits for calls in flight. */
  stop: (drainMs: number) => Promise<void>;
  running: () => boolean;
  /** Accounts that are sent nothing because of whose the credentials are, and what to do about it. */
  refused: () => RefusedAccount[];
  /** What other work towards an account needs: its client, and a slot for each call. */
  accounts: ReadonlyMap<string, AccountAccess>;
  /** Reads the credentials that another configuration names for the same accounts; throws when one can't be used. */
  prepareAuth: (next: RelayConfig, running: RelayConfig) => { take: () => void };
}

export interface RefusedAccount extends WrongIdentity {
  account: string;
}

/** How long a start waits for the accounts' word, in ms; one that takes longer is sent nothing until it has answered. */
const PATIENCE_MS = 1_500;
/** How long a start that failed waits for the questions that are under way, in ms. */
const FAILED_DRAIN_MS = 5_000;

/** Starts the work towards every NetSuite account: calls within its slots, and the pull of its change events. */
export async function startDispatching(
  config: RelayConfig,
  store: Store,
  events: EventInlet,
  surroundings: Surroundings,
): Promise<Dispatching> {
  const accounts = config.netsuite.map((netsuite) => startAccount(config, netsuite, store, events, surroundings));
  const stopAll = (drainMs: number): Promise<unknown> => Promise.all(accounts.map((account) => account.stop(drainMs)));
  const identities = accounts.map((one) => one.watchIdentity());
  let running = true;
  try {
    await refuseWrongIdentity(identities);
    for (const account of accounts) await account.begin();
  } catch (error) {
    await stopAll(FAILED_DRAIN_MS);
    throw error;
  }
  return {
    running: () => running,
    refused: () =>
      accounts.flatMap(({ account }, at) => (identities[at]?.refused ?? []).map((one) => ({ account, ...one }))),
    accounts: new Map(accounts.map(({ account, access }) => [account, access])),
    prepareAuth: (next, running) => {
      const prepared = accounts.flatMap(({ account, prepareAuth }, at) =>
        next.netsuite
          .filter((one) => one.account === account)
          .map((one) => {
            const auth = usable(next, account, () => prepareAuth(one));
            const before = running.netsuite.find((old) => old.account === account)?.auth;
            const changed = JSON.stringify(before) !== JSON.stringify(one.auth);
            return () => {
              if (changed) identities[at]?.hold();
              auth.take();
              identities[at]?.askAnew();
            };
          }),
      );
      return { take: () => prepared.forEach((take) => take()) };
    },
    stop: async (drainMs) => {
      running = false;
      await stopAll(drainMs);
    },
  };
}

/** Throws `ConfigError` when an account says in time that its credentials are an Administrator's, or another account's. */
async function refuseWrongIdentity(identities: readonly IdentityWatch[]): Promise<void> {
  const patience = new AbortController();
  const asked = Promise.all(identities.map(({ first }) => first));
  await Promise.race([asked, sleep(PATIENCE_MS, null, { signal: patience.signal }).catch(() => null)]);
  patience.abort();
  const issues = identities.flatMap(({ refused }, index) =>
    refused.map(({ what, message, remedy }) => ({
      path: what === 'account' ? `netsuite.${index}.account` : `netsuite.${index}.auth`,
      message: `${message}. ${remedy}`,
    })),
  );
  if (issues.length > 0) throw new ConfigError('configuration', issues);
}
