import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { canonicalJson } from '../../contract';
import type { RelayConfig } from '../config/schema';
import type { Store } from '../store/types';

export interface CompareOptions {
  store: Pick<Store, 'engine' | 'getCursor' | 'setCursor'>;
  holder: string;
  config: () => RelayConfig;
  log: Logger;
  now: () => number;
}

type Digests = Record<string, string>;
type Known = Record<string, { at: number; digests: Digests }>;

const EVERY_MS = 30_000;
/** A relay that was not heard of for so long is gone, in ms. */
const GONE_MS = 3 * EVERY_MS;
const CURSOR = 'relays';

/**
 * Relays that share a store must agree on what they do with it: another limit of slots, other time-outs of calls or other flows on one of
 * them would break what all of them promise. Each leaves a digest of its settings in the store, and tells of another that differs, once
 * for each difference. Where they run, whom they let in and how they log is their own business.
 */
export function startComparing(options: CompareOptions): () => Promise<void> {
  const { store, log } = options;
  if (store.engine !== 'postgres') return () => Promise.resolve();
  const told = new Set<string>();
  let running: Promise<void> = Promise.resolve();
  const beat = (): void => {
    running = compare(options, told).catch((error: unknown) => {
      log.warn({ err: error }, 'the settings of the relays on this store could not be compared; trying again');
    });
  };
  beat();
  const timer = setInterval(beat, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
    // Restarted with other settings it would find itself.
    const { [options.holder]: _own, ...others } = await readKnown(store).catch((): Known => ({}));
    await store.setCursor(CURSOR, JSON.stringify(others)).catch(() => undefined);
  };
}

const readKnown = async (store: Pick<Store, 'getCursor'>): Promise<Known> =>
  JSON.parse((await store.getCursor(CURSOR)) ?? '{}') as Known;

async function compare({ store, holder, config, log, now }: CompareOptions, told: Set<string>): Promise<void> {
  const digests = digestsOf(config());
  const known = await readKnown(store);
  const others = Object.entries(known).filter(([name, { at }]) => name !== holder && Math.abs(now() - at) < GONE_MS);
  // Two that write at once: the row of one is missing until its next beat, and nothing else is wrong.
  await store.setCursor(CURSOR, JSON.stringify({ ...Object.fromEntries(others), [holder]: { at: now(), digests } }));
  for (const [other, theirs] of others) {
    const differ = Object.keys(digests).filter((name) => digests[name] !== theirs.digests[name]);
    const difference = `${other} ${differ.join(' ')}`;
    if (differ.length === 0 || told.has(difference)) continue;
    told.add(difference);
    log.error(
      { holder, other, settings: differ },
      `another relay on this store has other settings (${differ.join(', ')}): give all of them the same configuration`,
    );
  }
}

function digestsOf(config: RelayConfig): Digests {
  const { environment, netsuite, sources, crm, flows, lanes, timeouts, bulkJobs, retention } = config;
  const shared = {
    environment,
    // How an account is signed in to may differ; secrets stay out of what is stored.
    netsuite: netsuite.map(({ auth: _auth, events: { mode }, ...rest }) => ({ ...rest, mode })),
    sources: sources.map(({ name, kind, account, weight }) => ({ name, kind, account, weight })),
    crm: crm.map(({ name, kind, baseUrl }) => ({ name, kind, baseUrl })),
    flows,
    lanes,
    timeouts,
    bulkJobs,
    retention,
  };
  return Object.fromEntries(Object.entries(shared).map(([name, value]) => [name, digest(value)]));
}

const digest = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(value)) as never))
    .digest('base64url')
    .slice(0, 16);
