import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ConfigError, type ConfigIssue } from '../config/config-error';
import { describeAccount, judgeIdentity, type RestletClient } from '../netsuite';

/** How long a start waits for the accounts' word, in ms; what is said later ends the relay then. */
const PATIENCE_MS = 1_500;

/** An account to be asked; `ask` carries the question out in a slot, and answers null where there is none. */
export interface Questioned {
  account: string;
  client: RestletClient;
  ask: <T>(work: () => Promise<T>) => Promise<T | null>;
}

/**
 * Asks every account whose credentials these are, before anything is written with them. Throws `ConfigError` when they are an
 * Administrator's, or another account's. An account that can't be asked keeps nothing from its start: it is asked by the doctor too.
 */
export async function refuseWrongIdentity(
  accounts: readonly Questioned[],
  log: Logger,
  tooLate: (error: ConfigError) => void,
): Promise<void> {
  const asked = Promise.all(accounts.map((one, index) => issuesOf(one, index, log))).then((all) => all.flat());
  const patience = new AbortController();
  const issues = await Promise.race([asked, sleep(PATIENCE_MS, null, { signal: patience.signal }).catch(() => null)]);
  patience.abort();
  if (issues === null) void asked.then((late) => late.length > 0 && tooLate(new ConfigError('configuration', late)));
  else if (issues.length > 0) throw new ConfigError('configuration', issues);
}

async function issuesOf({ account, client, ask }: Questioned, index: number, log: Logger): Promise<ConfigIssue[]> {
  try {
    const described = await ask(() => describeAccount(client));
    return described === null
      ? []
      : judgeIdentity(account, described).map(({ what, message, remedy }) => ({
          path: what === 'account' ? `netsuite.${index}.account` : `netsuite.${index}.auth`,
          message: `${message}. ${remedy}`,
        }));
  } catch (error) {
    log.warn({ err: error, account }, 'the account could not be asked whose credentials these are');
    return [];
  }
}
