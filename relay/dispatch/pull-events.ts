import type { Logger } from 'pino';
import type { ChangeEvent } from '../../contract';
import { acknowledgeChanges, readChanges, type RestletClient } from '../netsuite';
import type { Store } from '../store/types';

export interface PullOptions {
  account: string;
  client: RestletClient;
  store: Store;
  everySeconds: number;
  /** Gives the pull a slot of the account: it counts like any other call. */
  withSlot: <T>(work: () => Promise<T>) => Promise<T>;
  pageSize?: number;
  /** Stores events durably, with the cursor, before it resolves. */
  take: (
    account: string,
    events: readonly ChangeEvent[],
    more: { cursors: Record<string, string> },
  ) => Promise<unknown>;
  log: Logger;
}

const cursorName = (account: string): string => `changes:${account}`;

/** Fetches NetSuite's change events page by page: store, then acknowledge. Works from behind a firewall. Answers a function that stops it. */
export function startPulling(options: PullOptions): () => Promise<void> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const round = async (): Promise<void> => {
    try {
      while (!stop.signal.aborted && (await options.withSlot(() => pullPage(options))));
    } catch (error) {
      if (!stop.signal.aborted)
        options.log.error({ err: error, account: options.account }, 'pulling change events failed; trying again');
    }
    if (!stop.signal.aborted) timer = setTimeout(() => void (running = round()), options.everySeconds * 1000);
  };

  running = round();
  return async () => {
    stop.abort();
    clearTimeout(timer);
    await running;
  };
}

/** One page; true when more is waiting. */
async function pullPage({ account, client, store, take, log, pageSize = 500 }: PullOptions): Promise<boolean> {
  const page = await readChanges(client, await store.getCursor(cursorName(account)), pageSize);
  if (!page.ok) {
    log.warn({ account, code: page.failure.code }, `change events can't be read: ${page.failure.message}`);
    return false;
  }
  const { events, cursor, more } = page.value;
  if (events.length === 0) return false;
  await take(account, events, { cursors: { [cursorName(account)]: cursor } });
  const acknowledged = await acknowledgeChanges(
    client,
    events.map(({ id }) => id),
  );
  if (!acknowledged.ok)
    log.warn(
      { account, code: acknowledged.failure.code },
      'events are stored but not acknowledged; they will come again and count once',
    );
  return more;
}
