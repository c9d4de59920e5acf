import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { CrmAdapter, CrmChange } from '../delivery/crm-adapter';
import { fetchOperation, forKept, mergeShadows, type RecordToFetch } from '../delivery/to-fetch';
import type { Store } from '../store/types';

export interface FollowOptions {
  store: Pick<Store, 'enqueue' | 'getCursor' | 'setCursor'>;
  adapter: CrmAdapter;
  source: string;
  objects: () => readonly string[];
  /** Whether NetSuite has records of an object; what becomes of others there is nobody's matter. */
  isKept: (object: string) => boolean;
  /** Whether a change is our own write and nothing else: it is left unread. */
  isEcho: (object: string, change: CrmChange) => boolean;
  log: Logger;
}

/** Follows the change stream of a CRM; the position is stored together with the readings. Answers a function that stops it. */
export function followChanges({
  store,
  adapter,
  source,
  objects,
  isKept,
  isEcho,
  log,
}: FollowOptions): () => Promise<void> {
  const stopping = new AbortController();
  const name = `stream:${adapter.name}`;
  const position = async (): Promise<number | null> => {
    const known = await store.getCursor(name);
    return known === null ? null : Number(known);
  };
  const running = adapter.streamChanges?.(
    position,
    async (changed, replayId) => {
      const taken = new Set(objects());
      const fetches = changed
        .filter(({ object }) => taken.has(object))
        .flatMap(({ object, changes }) =>
          changes
            .filter((change) => !isEcho(object, change))
            .map(({ id, at, deleted, mergedInto, byMachine }): RecordToFetch => ({
              crm: adapter.name,
              source,
              object,
              id,
              notices: [`stream|${object}|${id}|${at}|${String(deleted)}`],
              lane: 'realtime',
              deleted,
              byMachine,
              ...(mergedInto === undefined ? {} : { mergedInto }),
            })),
        );
      if (fetches.length === 0) await store.setCursor(name, String(replayId));
      else {
        const traceId = randomBytes(16).toString('hex');
        await store.enqueue({
          source: 'relay',
          traceId,
          operations: fetches.map((one) => fetchOperation(forKept(one, isKept))),
          shadows: mergeShadows(fetches),
          cursors: { [name]: String(replayId) },
        });
      }
    },
    stopping.signal,
    (error) => log.warn({ err: error, crm: adapter.name }, 'the change stream broke off; following it again'),
  );
  return async () => {
    stopping.abort();
    await running;
  };
}
