import type { ReadRow } from '../../contract';
import { readRecordsByKey } from '../netsuite';
import { askPage, type PullContext } from '../pull/read-once';
import type { Store } from '../store/types';

/** What is asked of an account. */
export type ContextAccess = Pick<PullContext, 'client' | 'withSlot'>;

export interface CustomerContext {
  /** Row of the page `entitlements`; null for a customer that NetSuite does not have. */
  row: ReadRow | null;
  internalId: string | null;
  asOf: string;
}

interface Options {
  accounts: ReadonlyMap<string, ContextAccess>;
  store: Pick<Store, 'findRecord'>;
  now: () => number;
}

/** How long an answer is good enough for the next case of the same customer, in ms. */
const FRESH_MS = 60_000;
/** Answers kept at most. */
const KEPT = 1_000;

/** What NetSuite knows of a customer for whoever talks to them: read in a slot of the account, kept for a minute. */
export class ContextFinder {
  readonly #options: Options;
  readonly #known = new Map<string, { at: number; answer: Promise<CustomerContext> }>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Throws when NetSuite can't be asked; questions at the same time share one call. */
  find(account: string, externalId: string): Promise<CustomerContext> {
    const key = `${account}|${externalId}`;
    const now = this.#options.now();
    const known = this.#known.get(key);
    if (known && Math.abs(now - known.at) < FRESH_MS) return known.answer;
    const answer = this.#ask(account, externalId);
    this.#known.delete(key);
    this.#known.set(key, { at: now, answer });
    answer.catch(() => this.#known.delete(key));
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return answer;
  }

  /** Something of these customers changed in NetSuite: the next question is asked anew. */
  forget(account: string, externalIds: readonly string[]): void {
    for (const externalId of externalIds) this.#known.delete(`${account}|${externalId}`);
  }

  async #ask(account: string, externalId: string): Promise<CustomerContext> {
    const { accounts, store, now } = this.#options;
    const asOf = new Date(now()).toISOString();
    const access = accounts.get(account);
    if (!access) throw new Error(`the account ${account} is not configured`);
    const known = await store.findRecord(account, 'customer', { externalId });
    const internalId =
      known?.internalId ??
      (await readRecordsByKey(access, 'customer', [externalId])).get(externalId)?.internalId ??
      null;
    if (internalId === null) return { row: null, internalId: null, asOf };
    const { rows } = await askPage(access, { page: 'entitlements', ids: [internalId] });
    return { row: rows[0] ?? null, internalId, asOf };
  }
}
