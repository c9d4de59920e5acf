import { setTimeout } from 'node:timers/promises';
import type { OperationDetail, Store } from '../../../relay/store/types';
import { KEY, type RelayProcess } from '../relay-process';
import type { NetSuiteAccount, StoredRecord } from './account-process';

/**
 * A load whose order and repetition can be judged from outside: each operation changes one field of its record to the next number. The
 * differences that NetSuite reports tell in which order they were applied.
 */
export interface NumberedWrites {
  /** Ends the load; resolves when all of it was accepted. */
  end(): Promise<void>;
  /** What was accepted so far. */
  accepted(): number;
  /**
   * Waits until everything is done, and answers what is wrong. `lateMs`: a call without an answer is surely over after this, for an account
   * that keeps its time. One that gets no processor for so long does not.
   */
  judge(store: Store, account: NetSuiteAccount, lateMs: number): Promise<Verdict>;
  /**
   * Writes beside one for each operation, after `judge`. None are counted when a relay gave a call up: the operation goes again at once, and
   * where the first call is still at work both write the same.
   */
  repeated(account: NetSuiteAccount): Promise<number>;
}

export interface Verdict {
  orderFaults: string[];
  /** Operations that the store holds beside those that were accepted. */
  unknown: number;
  /** Records beside one for each key. */
  doubled: number;
  /** Records that don't hold their last number. */
  outdated: number;
  /** Calls that the account turned away; none are counted when it kept a call beyond its time, since then it has one more than it may. */
  refused: number;
  /** Most calls in flight beyond the account's five. */
  beyondLimit: number;
}

export const FLAWLESS: Verdict = {
  orderFaults: [],
  unknown: 0,
  doubled: 0,
  outdated: 0,
  refused: 0,
  beyondLimit: 0,
};

/** Sends each record's next number every `paceMs` to any of the relays that are alive. */
export function startNumberedWrites(
  keys: readonly string[],
  paceMs: number,
  alive: () => RelayProcess[],
): NumberedWrites {
  const accepted = new Map<string, string[]>(keys.map((key) => [key, []]));
  let open = true;
  let givenUp = 0;
  const senders = keys.map(async (key) => {
    for (let n = 1; open; n++) {
      accepted.get(key)?.push(await send(alive, key, n));
      await setTimeout(paceMs);
    }
  });
  const count = (): number => [...accepted.values()].flat().length;
  return {
    accepted: count,
    end: async () => {
      open = false;
      await Promise.all(senders);
    },
    judge: async (store, account, lateMs) => {
      while ((await store.stats()).byState.done < count()) await setTimeout(100);
      const orderFaults: string[] = [];
      let overdue = 0;
      for (const ids of accepted.values()) {
        const operations = (await Promise.all(ids.map((id) => store.getOperation(id)))) as OperationDetail[];
        orderFaults.push(...faultsOf(operations));
        const attempts = operations.flatMap((operation) => operation.attempts);
        const unanswered = attempts.filter(({ status, ms }) => status === null && ms !== null);
        givenUp += unanswered.length;
        overdue += unanswered.filter(({ ms }) => ms !== null && ms >= lateMs).length;
      }
      const customers = await account.control<StoredRecord[]>('GET', 'records/customer?limit=1000');
      const ours = customers.filter(({ externalId }) => externalId !== null && accepted.has(externalId));
      const { peak, rejected } = await account.control<{ peak: number; rejected: number }>('GET', 'concurrency');
      return {
        orderFaults,
        unknown: (await store.stats()).accepted - count(),
        doubled: ours.length - keys.length,
        outdated: ours.filter(
          ({ externalId, fields }) => fields['comments'] !== `v${accepted.get(externalId ?? '')?.length}`,
        ).length,
        refused: overdue > 0 ? 0 : rejected,
        beyondLimit: Math.max(0, peak - 5),
      };
    },
    repeated: async (account) => {
      const written = await account.control<{ type: string }[]>(
        'GET',
        'ledger/records?scriptId=customscript_srl_upsert',
      );
      return givenUp > 0 ? 0 : written.filter(({ type }) => type === 'customer').length - count();
    },
  };
}

const customer = (externalId: string, n: number): object => ({
  recordType: 'customer',
  action: 'upsert',
  full: true,
  key: { externalId },
  fields: {
    companyname: { value: `Company ${externalId}` },
    comments: { value: `v${n}` },
    subsidiary: { ref: { recordType: 'subsidiary', internalId: '1' }, write: 'onCreate' },
  },
});

/** A relay that does not answer is not asked again: another one is, with the same key. */
async function send(alive: () => RelayProcess[], externalId: string, n: number): Promise<string> {
  for (;;) {
    const some = alive();
    const relay = some[Math.floor(Math.random() * some.length)];
    try {
      const answer = await fetch(`${relay?.url ?? ''}/v1/upserts`, {
        method: 'POST',
        signal: AbortSignal.timeout(1_500),
        headers: {
          authorization: `Bearer ${KEY}`,
          'content-type': 'application/json',
          'idempotency-key': `${externalId}-${n}`,
        },
        body: JSON.stringify({ source: 'direct', records: [customer(externalId, n)] }),
      });
      if (answer.status === 202)
        return ((await answer.json()) as { operations: { operationId: string }[] }).operations[0]?.operationId ?? '';
    } catch {
      await setTimeout(20);
    }
  }
}

/** Every difference starts where the one before ended; what a lost call wrote is known as a repeat and has none of its own. */
function faultsOf(operations: readonly OperationDetail[]): string[] {
  const faults: string[] = [];
  let value: unknown;
  for (const [at, { operationId, result, changes }] of operations.entries()) {
    const change = changes.find(({ field }) => field === 'comments');
    if (result !== 'duplicate' && !(at === 0 && result === 'created')) {
      if (change?.old !== value)
        faults.push(`${operationId}: ${String(result)} from ${String(change?.old)}, expected ${String(value)}`);
    }
    value = `v${at + 1}`;
  }
  return faults;
}
