import type { Logger } from 'pino';
import { namesOfFlows } from '../../flows/names-of-flows';
import type { FlowSet } from '../../flows';
import { describeAccount, resolveNames, wrongNames, type RestletClient } from '../netsuite';
import type { Store } from '../store/types';

export interface WatchNamesOptions {
  account: string;
  client: RestletClient;
  store: Pick<Store, 'setCursor'>;
  flows: () => FlowSet;
  withSlot: <T>(work: () => Promise<T>) => Promise<T>;
  log: Logger;
  now: () => number;
  /** Default: a day; after a failed look an hour. In ms. */
  everyMs?: number;
}

/** Release of NetSuite that an account was last seen to run. */
export const releaseCursor = (account: string): string => `release:${account}`;

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** When the names of an account were last looked up, ISO 8601: for alerts. */
export const namesCursor = (account: string): string => `names:${account}`;

/**
 * Looks at start, and then every day, whether the account has what the flows name: subsidiary, forms, terms, the discount item. A batch
 * resolves names anew each time; this tells of a missing one before the first record fails on it. Answers a function that stops it.
 */
export function startWatchingNames(options: WatchNamesOptions): () => Promise<void> {
  const { account, everyMs = DAY_MS, log } = options;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    const done = await look(options).catch((error: unknown) => {
      log.warn({ err: error, account }, 'the names of the flows could not be looked up; looking again in an hour');
      return false;
    });
    if (stopped) return;
    timer = setTimeout(next, done ? everyMs : Math.min(everyMs, HOUR_MS));
    timer.unref();
  };
  const next = (): void => void (running = round());
  next();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}

async function look({ account, client, store, flows, withSlot, log, now }: WatchNamesOptions): Promise<boolean> {
  const set = flows();
  const names = namesOfFlows(set.flows, set.context.settings);
  if (names.length > 0) {
    const answer = await withSlot(() => resolveNames(client, names));
    if (!answer.ok) {
      log.warn(
        { account, code: answer.failure.code },
        'the names of the flows could not be looked up; looking again in an hour',
      );
      return false;
    }
    for (const { name, problem, remedy } of wrongNames(names, answer.value)) {
      log.error({ account, ...name, remedy }, `${name.recordType} "${name.value}" ${problem}`);
    }
  }
  const release = (await withSlot(() => describeAccount(client)))?.release;
  if (release !== undefined) await store.setCursor(releaseCursor(account), release);
  await store.setCursor(namesCursor(account), new Date(now()).toISOString());
  return true;
}
