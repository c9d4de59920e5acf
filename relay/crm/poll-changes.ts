import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { CrmConfig } from '../config/schema-crm';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { fetchOperation, forKept, mergeShadows, type RecordToFetch } from '../delivery/to-fetch';
import type { Store } from '../store/types';

export interface PollOptions {
  store: Pick<Store, 'enqueue' | 'getCursor' | 'setCursor'>;
  adapter: CrmAdapter;
  crm: Pick<CrmConfig, 'name'> & { poll: NonNullable<CrmConfig['poll']> };
  /** Source whose records they are. */
  source: string;
  /** Objects that flows take. */
  objects: () => readonly string[];
  /** Whether NetSuite has records of an object; what becomes of others there is nobody's matter. */
  isKept: (object: string) => boolean;
  log: Logger;
  now: () => number;
}

/**
 * A moment in whole seconds, as Salesforce has them, may get another save of the same record while its second lasts. Our clock is not the
 * CRM's, so a moment counts as over this long after it, in ms.
 */
const LASTING_MS = 10_000;

/** Asks a CRM again and again what changed. Answers a function that stops it. */
export function startPolling(options: PollOptions): () => Promise<void> {
  const { adapter, crm, objects, log } = options;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    let pauseMs = crm.poll.everySeconds * 1000;
    for (const object of objects()) {
      try {
        await pollOnce(options, object, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return;
        const { class: kind, retryAfterMs = 0 } = adapter.classifyError(error);
        if (kind === 'throttle') {
          // The other objects would meet the same limit.
          pauseMs = Math.max(pauseMs, retryAfterMs);
          log.warn({ err: error, crm: crm.name, object, pauseMs }, 'the CRM has no calls left for polls; resting');
          break;
        }
        log.warn({ err: error, crm: crm.name, object }, 'asking for changes failed; asking again from the same moment');
      }
    }
    if (!stopping.signal.aborted) timer = setTimeout(next, pauseMs);
  };
  const next = (): void => void (running = round());
  timer = setTimeout(next, 0);
  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await running;
  };
}

/**
 * One look at an object; answers how many changes it found. The moment it goes on from is stored together with the readings of a
 * page. The first look begins at the present: what was before is the matter of an initial load. What the overlap shows again is known
 * by record and moment, and adds nothing; only what was seen while its second lasted is read once more when that is over.
 */
export async function pollOnce(options: PollOptions, object: string, signal: AbortSignal): Promise<number> {
  const { store, adapter, crm, source, now } = options;
  if (!adapter.readChanges) return 0;
  const name = `poll:${crm.name}:${object}`;
  const known = await store.getCursor(name);
  if (known === null) {
    await store.setCursor(name, new Date(now()).toISOString());
    return 0;
  }
  const overlapMs = Math.max(crm.poll.overlapSeconds * 1000, LASTING_MS);
  // The first look may have been told by a clock that was ahead.
  const since = new Date(Math.min(Date.parse(known), now()) - overlapMs).toISOString();
  let found = 0;
  let upTo = known;
  const lastsFrom = now() - LASTING_MS;
  const lasts = (at: string): boolean => at.endsWith('.000Z') && Date.parse(at) > lastsFrom;
  for await (const page of adapter.readChanges(object, since, signal)) {
    const fetches = page.map(({ id, at, deleted, mergedInto, byMachine }): RecordToFetch => ({
      crm: crm.name,
      source,
      object,
      id,
      notices: [`poll|${object}|${id}|${at}|${String(deleted)}${lasts(at) ? '|lasting' : ''}`],
      lane: 'realtime',
      deleted,
      byMachine,
      ...(mergedInto === undefined ? {} : { mergedInto }),
    }));
    const operations = fetches.map((one) => fetchOperation(forKept(one, options.isKept)));
    for (const { at } of page) if (at > upTo) upTo = at;
    if (operations.length === 0) continue;
    found += operations.length;
    const traceId = randomBytes(16).toString('hex');
    await store.enqueue({
      source: 'relay',
      traceId,
      operations,
      shadows: mergeShadows(fetches),
      cursors: { [name]: upTo },
    });
  }
  return found;
}
