/** The store's rules once more, in the plainest form: lists in memory, one operation after the other. What the engines must agree with. */

export type Outcome = 'done' | 'dead' | 'review' | 'again' | 'retry' | 'unknown';

export interface ModelOperation {
  id: string;
  key: string;
  state:
    | 'blocked'
    | 'ready'
    | 'waiting'
    | 'leased'
    | 'held'
    | 'parked'
    | 'delayed'
    | 'done'
    | 'dead'
    | 'superseded'
    | 'cancelled';
  attempts: number;
  runAt: number;
  leaseUntil: number;
  token: number;
  /** Keys of records it waits for. */
  waits: Set<string>;
}

interface ModelRecord {
  applied: boolean;
  busyUntil: number;
}

const FINAL = new Set(['done', 'dead', 'superseded', 'cancelled']);
const OUTER = {
  blocked: 'queued',
  ready: 'queued',
  parked: 'queued',
  delayed: 'queued',
  waiting: 'retrying',
  leased: 'sending',
  held: 'review',
};

export const isLive = ({ state }: ModelOperation): boolean => !FINAL.has(state);
export const outer = ({ state }: ModelOperation): string => OUTER[state as keyof typeof OUTER] ?? state;

export const LEASE_MS = 25_000;
export const RETRY_MS = 5_000;
export const LATE_MS = 35_000;

export class StoreModel {
  now = 0;
  readonly operations: ModelOperation[] = [];
  readonly slots: { token: number; leaseUntil: number }[];
  readonly #records = new Map<string, ModelRecord>();

  constructor(slots: number) {
    this.slots = Array.from({ length: slots }, () => ({ token: 0, leaseUntil: 0 }));
  }

  get inUse(): number {
    return this.slots.filter(({ leaseUntil }) => leaseUntil > this.now).length;
  }

  enqueue(id: string, key: string, { requires, coalesce }: { requires: string | null; coalesce: boolean }): void {
    if (coalesce) for (const one of this.#of(key)) if (one.state !== 'leased') one.state = 'superseded';
    const behind = this.#of(key).length > 0;
    const wanted = requires === null ? null : this.#record(requires);
    const waits = new Set(
      wanted && !wanted.applied && this.#of(requires as string).length > 0 ? [requires as string] : [],
    );
    const operation: ModelOperation = {
      id,
      key,
      state: 'blocked',
      attempts: 0,
      runAt: 0,
      leaseUntil: 0,
      token: 0,
      waits,
    };
    this.operations.push(operation);
    if (!behind) this.#place(operation);
  }

  /** The operations of the next batch; none when no slot is free. */
  take(most: number, token: number): ModelOperation[] {
    const slot = this.slots.find(({ leaseUntil }) => leaseUntil <= this.now);
    const batch = slot ? this.operations.filter(({ state }) => state === 'ready').slice(0, most) : [];
    if (!slot || batch.length === 0) return [];
    Object.assign(slot, { token, leaseUntil: this.now + LEASE_MS });
    for (const one of batch)
      Object.assign(one, { state: 'leased', attempts: one.attempts + 1, token, leaseUntil: this.now + LEASE_MS });
    return batch;
  }

  /** Answers whether the operation was still its holder's. */
  settle(operation: ModelOperation, token: number, outcome: Outcome): boolean {
    if (operation.state !== 'leased' || operation.token !== token) return false;
    const record = this.#record(operation.key);
    switch (outcome) {
      case 'done':
        Object.assign(record, { applied: true, busyUntil: 0 });
        operation.state = 'done';
        break;
      case 'dead':
        operation.state = 'dead';
        break;
      case 'review':
        operation.state = 'held';
        break;
      case 'again':
        Object.assign(operation, { state: 'ready', attempts: operation.attempts - 1 });
        break;
      case 'unknown':
        record.busyUntil = Math.max(record.busyUntil, this.now + LATE_MS);
        Object.assign(operation, { state: 'waiting', runAt: this.now + RETRY_MS });
        break;
      case 'retry':
        Object.assign(operation, { state: 'waiting', runAt: this.now + RETRY_MS });
    }
    return true;
  }

  /** What follows from all settlements of a call, and its slot. */
  closeCall(settled: readonly ModelOperation[], token: number): void {
    for (const { state, key } of settled) if (state === 'done') this.#arrived(key);
    for (const { key } of settled) this.#promote(key);
    for (const slot of this.slots) if (slot.token === token) slot.leaseUntil = 0;
  }

  release(token: number): void {
    for (const one of this.operations)
      if (one.state === 'leased' && one.token === token)
        Object.assign(one, { state: 'ready', attempts: one.attempts - 1 });
    for (const slot of this.slots) if (slot.token === token) slot.leaseUntil = 0;
  }

  wake(): void {
    for (const one of this.operations) {
      const due = (one.state === 'waiting' || one.state === 'delayed') && one.runAt <= this.now;
      if (due || (one.state === 'leased' && one.leaseUntil <= this.now)) one.state = 'ready';
    }
  }

  /** Whether a person's decision is allowed; carried out if so. */
  decide(decision: 'replay' | 'resolve' | 'skip' | 'cancel', operation: ModelOperation): boolean {
    const { state } = operation;
    if (decision === 'replay') return this.#replay(operation);
    const allowed = {
      resolve: state === 'dead' || (isLive(operation) && state !== 'leased'),
      skip: ['held', 'waiting', 'parked', 'delayed'].includes(state),
      cancel: isLive(operation) && state !== 'leased',
    }[decision];
    if (!allowed) return false;
    operation.state = decision === 'skip' ? 'dead' : 'cancelled';
    operation.waits.clear();
    this.#promote(operation.key);
    return true;
  }

  #replay(operation: ModelOperation): boolean {
    const { state } = operation;
    if (!['held', 'waiting', 'parked', 'delayed', 'dead'].includes(state)) return false;
    operation.attempts = 0;
    if (state === 'parked') operation.waits.clear();
    if (state === 'dead' && this.#of(operation.key).length > 0) operation.state = 'blocked';
    else this.#place(operation);
    return true;
  }

  #arrived(key: string): void {
    for (const one of this.operations) {
      if (!one.waits.delete(key)) continue;
      if (one.state === 'parked' && one.waits.size === 0) this.#place(one);
    }
  }

  /** The first of a record's live operations takes its turn when no other has it. */
  #promote(key: string): void {
    const live = this.#of(key);
    const [first] = live;
    if (first && live.every(({ state }) => state === 'blocked')) this.#place(first);
  }

  #place(operation: ModelOperation): void {
    const { busyUntil } = this.#record(operation.key);
    operation.runAt = busyUntil;
    operation.state = operation.waits.size > 0 ? 'parked' : busyUntil > this.now ? 'delayed' : 'ready';
  }

  #of(key: string): ModelOperation[] {
    return this.operations.filter((one) => one.key === key && isLive(one));
  }

  #record(key: string): ModelRecord {
    const record = this.#records.get(key) ?? { applied: false, busyUntil: 0 };
    this.#records.set(key, record);
    return record;
  }
}
