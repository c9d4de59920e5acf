import type { Logger } from 'pino';
import { readRecordsByKey, type RestletClient } from '../netsuite';
import type { AppliedRecord, Store } from '../store/types';
import { forgetAccount } from './forget-account';

export interface WatchAccountOptions {
  account: string;
  client: RestletClient;
  store: Pick<Store, 'forget' | 'lastApplied' | 'getCursor' | 'setCursor'>;
  withSlot: <T>(work: () => Promise<T>) => Promise<T>;
  log: Logger;
  now: () => number;
}

export interface AccountWatch {
  /** Looks soon, instead of at the next time. */
  look: () => void;
  stop: () => Promise<void>;
}

/** What is kept of the last time an account was found reset. */
export interface Reset {
  at: string;
  /** Some of the records that were gone. */
  examples: string[];
}

const EVERY_MS = 15 * 60_000;
/** While too little is known to tell, in ms. */
const AT_FIRST_MS = 60_000;
/** Looks asked for come this far apart at least, in ms: somebody who deletes many records must not cost a call each. */
const APART_MS = 5_000;
/** Records looked at again the next time, and new ones beside them: one call of 20 units. */
const ANCHORS = 20;
/** Fewer prove nothing: records are deleted by people, too. */
const ENOUGH = 3;

const resetCursor = (account: string): string => `reset:${account}`;
const anchorsCursor = (account: string): string => `reset:${account}:anchors`;

export async function readReset(store: Pick<Store, 'getCursor'>, account: string): Promise<Reset | null> {
  const text = await store.getCursor(resetCursor(account));
  return text === null ? null : (JSON.parse(text) as Reset);
}

/**
 * Looks whether the account still holds what it was seen to hold: a sandbox is refreshed, a test account reset, a backup restored. When
 * none of the records that were there the last time is there any more, all knowledge of the account is void; without that, changes would
 * be taken for known for a day, and internal ids might name other records. Looks at start, from time to time, and when it is asked to.
 */
export function watchAccount(options: WatchAccountOptions): AccountWatch {
  const { account, log, now } = options;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let lookedAt = -Infinity;

  const round = async (): Promise<void> => {
    again = false;
    lookedAt = now();
    const anchors = await lookAt(options).catch((error: unknown) => {
      if (!stopped)
        log.warn({ err: error, account }, 'whether the account was reset could not be asked; asking again later');
      return 0;
    });
    running = null;
    if (!stopped) plan(again ? APART_MS : anchors < ENOUGH ? AT_FIRST_MS : EVERY_MS);
  };
  const plan = (inMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void (running ??= round()), inMs);
    timer.unref();
  };
  running = round();
  return {
    look: () => {
      if (running) again = true;
      else if (!stopped) plan(Math.min(APART_MS, Math.max(0, lookedAt + APART_MS - now())));
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Answers how many records are known to be there. */
async function lookAt(options: WatchAccountOptions): Promise<number> {
  const { account, client, store, withSlot, log, now } = options;
  const anchors = JSON.parse((await store.getCursor(anchorsCursor(account))) ?? '[]') as AppliedRecord[];
  const type = anchors[0]?.recordType;
  const fresh = ofOneType(await store.lastApplied(account, ANCHORS * 5), type).slice(0, ANCHORS);
  const asked = [...new Map([...fresh, ...anchors].map((one) => [one.externalId, one])).values()];
  const [first] = asked;
  if (!first || asked.length < ENOUGH) return 0;
  const ids = asked.map(({ externalId }) => externalId);
  const held = await readRecordsByKey({ client, withSlot }, first.recordType, ids);
  const isThere = ({ externalId, version }: AppliedRecord): boolean => {
    const row = held.get(externalId.toUpperCase());
    return row !== undefined && (row.version === null || row.version >= version);
  };
  // What was written since would be there again after a reset, too.
  const rewritten = new Map(fresh.map(({ externalId, version }) => [externalId, version]));
  const untouched = anchors.filter(({ externalId, version }) => (rewritten.get(externalId) ?? '') <= version);
  const wasReset = untouched.length >= ENOUGH && !untouched.some(isThere);
  const known = new Map([...anchors, ...fresh].filter(isThere).map((one) => [one.externalId, one]));
  const kept = wasReset ? [] : [...known.values()].slice(-ANCHORS);
  if (wasReset) {
    const examples = untouched.slice(0, ENOUGH).map(({ externalId }) => externalId);
    const reset: Reset = { at: new Date(now()).toISOString(), examples };
    const forgotten = await forgetAccount(store, account);
    await store.setCursor(resetCursor(account), JSON.stringify(reset));
    log.error(
      { account, examples, ...forgotten },
      'the account holds none of what it was seen to hold: it was reset, refreshed or restored; what was known of it is forgotten',
    );
  }
  await store.setCursor(anchorsCursor(account), JSON.stringify(kept));
  return kept.length;
}

/** One call asks for one type: the wanted one, or that of most records. */
function ofOneType(records: readonly AppliedRecord[], type?: string): AppliedRecord[] {
  const byType = new Map<string, AppliedRecord[]>();
  for (const record of records) byType.set(record.recordType, [...(byType.get(record.recordType) ?? []), record]);
  if (type !== undefined) return byType.get(type) ?? [];
  return [...byType.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}
