import { createHash } from 'node:crypto';
import { canonicalJson } from '../../contract';
import type { FlowSet } from '../../flows';
import type { RelayServices } from '../http/services';
import type { Store, StoredOperation } from '../store/types';

/** A version of what the flows of an account say, and since when it is in force, ISO 8601. */
export interface RulesVersion {
  digest: string;
  since: string;
}

/** Versions that are remembered of an account. */
const KEPT = 200;

const cursorOf = (account: string): string => `rules:${account}`;

/** Twelve characters that are the same wherever flows, settings and time zone are: `suiterelay doctor` shows those of a file. */
export function rulesDigest({ flows, context: { settings, timeZone } }: Pick<FlowSet, 'flows' | 'context'>): string {
  const said = JSON.parse(JSON.stringify({ flows, settings, timeZone })) as never;
  return createHash('sha256').update(canonicalJson(said)).digest('hex').slice(0, 12);
}

const readVersions = async (store: Pick<Store, 'getCursor'>, account: string): Promise<RulesVersion[]> =>
  JSON.parse((await store.getCursor(cursorOf(account))) ?? '[]') as RulesVersion[];

/** Notes down, at start and at a reload, what the flows of each account say from now on, where it is something else than before. */
export async function noteRules({
  store,
  settings,
  flowsOf,
  now,
}: Pick<RelayServices, 'store' | 'settings' | 'flowsOf' | 'now'>): Promise<void> {
  for (const { account } of settings().config.netsuite) {
    const digest = rulesDigest(flowsOf(account));
    const known = await readVersions(store, account);
    if (known.at(-1)?.digest === digest) continue;
    const versions = [...known, { digest, since: new Date(now()).toISOString() }].slice(-KEPT);
    await store.setCursor(cursorOf(account), JSON.stringify(versions));
  }
}

/** What the flows said when an operation was accepted; undefined for one that is older than what is remembered. */
export async function rulesOf(
  { store, settings }: Pick<RelayServices, 'store' | 'settings'>,
  { pool, createdAt }: Pick<StoredOperation, 'pool' | 'createdAt'>,
): Promise<RulesVersion | undefined> {
  const accounts = settings().config.netsuite.map(({ account }) => account);
  // A delivery to a CRM belongs to the account where there is only one.
  const account = accounts.includes(pool) ? pool : accounts.length === 1 ? accounts[0] : undefined;
  if (account === undefined) return undefined;
  return (await readVersions(store, account)).findLast(({ since }) => since <= createdAt);
}
