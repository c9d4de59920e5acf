import { OperationNotFound, OperationStateError, ShadowOvertaken } from '../../relay/store/errors';
import { STATES } from '../../relay/store/types';
import type {
  EnqueueResult,
  NewRequest,
  OperationDetail,
  OperationFilter,
  OperationState,
  PoolStatus,
  Settled,
  Shadow,
  Store,
} from '../../relay/store/types';

/**
 * A store in memory for tests of what stands before it. It keeps to the interface's answers; durability, order and slots are the
 * matter of the real engines and their own suite.
 */
export class MemoryStore implements Store {
  readonly engine = 'sqlite';
  readonly operations = new Map<string, OperationDetail>();
  readonly requests: { requestId: string; request: NewRequest; result: EnqueueResult }[] = [];
  readonly cursors = new Map<string, string>();
  readonly calls: string[] = [];
  /** Thrown by the next `enqueue`. */
  fail: Error | null = null;
  readonly #settledListeners = new Set<(settled: readonly Settled[]) => void>();
  readonly #dedupe = new Map<string, string>();
  readonly #pools = new Map<string, PoolStatus>();

  readonly #shadows = new Map<string, Shadow>();

  leaseSlot(): Promise<null> {
    return Promise.resolve(null);
  }

  freeSlot(): Promise<void> {
    return Promise.resolve();
  }

  nextJob(): Promise<null> {
    return Promise.resolve(null);
  }

  fillJob(): Promise<number> {
    return Promise.resolve(0);
  }

  jobOperations(): Promise<[]> {
    return Promise.resolve([]);
  }

  noteJob(): Promise<boolean> {
    return Promise.resolve(false);
  }

  endJob(): Promise<number> {
    return Promise.resolve(0);
  }

  jobs(): Promise<[]> {
    return Promise.resolve([]);
  }

  enqueue(request: NewRequest): Promise<EnqueueResult> {
    if (this.fail) return Promise.reject(this.fail);
    for (const [name, value] of Object.entries(request.cursors ?? {})) this.cursors.set(name, value);
    const known = this.requests.find(
      ({ request: { idempotency: one } }) =>
        one && one.key === request.idempotency?.key && one.scope === request.idempotency.scope,
    );
    if (known) {
      const same = known.request.idempotency?.bodyHash === request.idempotency?.bodyHash;
      return Promise.resolve(
        same
          ? ({ ...known.result, outcome: 'replayed' } as EnqueueResult)
          : { outcome: 'mismatch', requestId: known.requestId },
      );
    }
    this.#keepShadows(request);
    const requestId = `req_${String(this.requests.length + 1).padStart(6, '0')}`;
    const operations = request.operations.map((_, index) => this.#add(request, requestId, index));
    const result: EnqueueResult = { outcome: 'accepted', requestId, operations };
    this.requests.push({ requestId, request, result });
    return Promise.resolve(result);
  }

  #keepShadows({ shadows = [] }: NewRequest): void {
    const nameOf = ({ side, key }: { side: string; key: string }): string => `${side}|${key}`;
    for (const shadow of shadows) {
      const before = this.#shadows.get(nameOf(shadow))?.hash ?? null;
      if (shadow.basedOn !== undefined && shadow.basedOn !== before) throw new ShadowOvertaken();
    }
    for (const shadow of shadows) this.#shadows.set(nameOf(shadow), { ...shadow, updatedAt: Date.now() });
  }

  getShadows(_pool: string, wanted: readonly { side: string; key: string }[]): Promise<Shadow[]> {
    return Promise.resolve(wanted.flatMap(({ side, key }) => this.#shadows.get(`${side}|${key}`) ?? []));
  }

  #add(request: NewRequest, requestId: string, index: number) {
    const wanted = request.operations[index]!;
    const answer = { index, crmId: wanted.crmId ?? null, key: wanted.externalId, version: '0000000000000001' };
    const earlier =
      wanted.dedupeKey === undefined ? undefined : this.#dedupe.get(`${request.source}|${wanted.dedupeKey}`);
    if (earlier !== undefined) return { ...answer, operationId: earlier, duplicateOf: earlier };
    const operationId = `op_${String(this.operations.size + 1).padStart(6, '0')}`;
    if (wanted.dedupeKey !== undefined) this.#dedupe.set(`${request.source}|${wanted.dedupeKey}`, operationId);
    const at = new Date().toISOString();
    this.operations.set(operationId, {
      operationId,
      requestId,
      index,
      pool: wanted.pool,
      state: wanted.refused ? 'review' : wanted.concluded ? 'done' : 'queued',
      waitsFor: wanted.refused ? 'decision' : 'turn',
      result: wanted.concluded?.result ?? null,
      source: wanted.source,
      object: wanted.object,
      flow: wanted.flow ?? null,
      lane: wanted.lane,
      crmId: wanted.crmId ?? null,
      recordType: wanted.recordType,
      action: wanted.action,
      externalId: wanted.externalId,
      recordKey: `${wanted.pool}|${wanted.recordType}|${wanted.externalId}`,
      internalId: null,
      version: answer.version,
      full: wanted.full,
      onFailure: wanted.onFailure ?? 'hold',
      traceId: request.traceId,
      attemptCount: 0,
      maxAttempts: wanted.maxAttempts ?? 8,
      nextAttemptAt: null,
      supersededBy: null,
      error: wanted.refused ?? null,
      createdAt: at,
      updatedAt: at,
      attempts: [],
      history: [],
      warnings: [],
      changes: [],
      skipped: [],
      missing: [],
      body: wanted.body,
    });
    return { ...answer, operationId, duplicateOf: null };
  }

  /** Ends an operation as a call to NetSuite would. */
  finish(operationId: string, change: Partial<OperationDetail>): void {
    const operation = this.#get(operationId);
    Object.assign(operation, change);
    for (const listener of this.#settledListeners)
      listener([{ operationId, requestId: operation.requestId, state: operation.state }]);
  }

  #get(operationId: string): OperationDetail {
    const found = this.operations.get(operationId);
    if (!found) throw new OperationNotFound(operationId);
    return found;
  }

  getOperation(operationId: string) {
    return Promise.resolve(this.operations.get(operationId) ?? null);
  }

  getRequest(requestId: string) {
    const operations = [...this.operations.values()].filter((one) => one.requestId === requestId);
    const known = this.requests.find((one) => one.requestId === requestId);
    if (!known) return Promise.resolve(null);
    const counts: Partial<Record<OperationState, number>> = {};
    for (const { state } of operations) counts[state] = (counts[state] ?? 0) + 1;
    const open = operations.some(({ state }) => !['done', 'superseded', 'dead', 'cancelled'].includes(state));
    return Promise.resolve({
      requestId,
      source: known.request.source,
      state: open ? ('open' as const) : ('done' as const),
      counts,
      operations,
      createdAt: operations[0]?.createdAt ?? new Date().toISOString(),
    });
  }

  listOperations(filter: OperationFilter, page: { limit: number }) {
    const items = [...this.operations.values()].filter(
      (one) =>
        (filter.source === undefined || one.source === filter.source) &&
        (filter.pool === undefined || one.pool === filter.pool) &&
        (filter.state === undefined || filter.state.includes(one.state)) &&
        (filter.crmId === undefined || one.crmId === filter.crmId) &&
        (filter.externalId === undefined || one.externalId === filter.externalId) &&
        (filter.recordType === undefined || one.recordType === filter.recordType),
    );
    return Promise.resolve({ items: items.slice(0, page.limit), next: items.length > page.limit ? 'more' : null });
  }

  listFailures(filter: OperationFilter, page: { limit: number }) {
    return this.listOperations({ ...filter, state: filter.state ?? ['review', 'dead'] }, page);
  }

  #decide(operationId: string, what: string, from: readonly OperationState[], change: Partial<OperationDetail>) {
    const operation = this.operations.get(operationId);
    if (!operation) return Promise.reject(new OperationNotFound(operationId));
    if (!from.includes(operation.state))
      return Promise.reject(new OperationStateError(operationId, operation.state, what));
    this.calls.push(`${what} ${operationId}`);
    this.finish(operationId, change);
    return Promise.resolve(operation);
  }

  replay(id: string, by: { actor: string; body?: object | undefined }) {
    return this.#decide(id, 'replayed', ['review', 'dead', 'retrying'], {
      state: 'queued',
      error: null,
      ...(by.body ? { body: by.body } : {}),
    });
  }
  resolve(id: string, _by: { actor: string; note: string }) {
    return this.#decide(id, 'resolved', ['review', 'dead'], { state: 'cancelled' });
  }
  skip(id: string) {
    return this.#decide(id, 'skipped', ['review'], { state: 'dead' });
  }
  cancel(id: string) {
    return this.#decide(id, 'cancelled', ['queued', 'retrying'], { state: 'cancelled' });
  }
  async replayAll(filter: OperationFilter, by: { actor: string; limit: number }) {
    const { items } = await this.listFailures(filter, { limit: by.limit });
    for (const { operationId } of items) await this.replay(operationId, by);
    return items.map(({ operationId }) => operationId);
  }

  stats() {
    const byState = Object.fromEntries(STATES.map((state) => [state, 0])) as Record<OperationState, number>;
    for (const { state } of this.operations.values()) byState[state] += 1;
    return Promise.resolve({
      accepted: this.operations.size,
      purged: 0,
      byState,
      byPoolAndLane: [],
      oldestQueuedAt: null,
    });
  }

  configurePool(pool: string, { slots, lanes }: Parameters<Store['configurePool']>[1]) {
    this.#pools.set(pool, {
      pool,
      slots,
      usable: slots,
      inUse: 0,
      lent: 0,
      lentUntil: null,
      coolingUntil: null,
      breaker: { state: 'closed', until: null, reason: null },
      lanes: Object.entries(lanes).map(([lane, one]) => ({ lane: lane as never, ...one, paused: false, inUse: 0 })),
      calls: 0,
      units: 0,
      jobs: [],
      holders: [],
    });
    return Promise.resolve();
  }
  poolStatus(pool: string) {
    return Promise.resolve(this.#pools.get(pool) ?? null);
  }
  pools() {
    return Promise.resolve([...this.#pools.keys()]);
  }
  pauseLane(pool: string, lane: string, paused: boolean) {
    const found = this.#pools.get(pool)?.lanes.find((one) => one.lane === lane);
    if (found) found.paused = paused;
    return Promise.resolve();
  }
  lendSlots(pool: string, count: number, until: number) {
    const status = this.#pools.get(pool);
    if (status) Object.assign(status, { lent: count, lentUntil: until });
    return Promise.resolve();
  }
  onSettled(listener: (settled: readonly Settled[]) => void) {
    this.#settledListeners.add(listener);
    return () => this.#settledListeners.delete(listener);
  }
  onWork() {
    return () => undefined;
  }
  findRecord(pool: string, recordType: string, by: Parameters<Store['findRecord']>[2]) {
    const found = [...this.operations.values()].find(
      (one) =>
        one.pool === pool && one.recordType === recordType && 'externalId' in by && one.externalId === by.externalId,
    );
    return Promise.resolve(
      found
        ? {
            recordKey: found.recordKey,
            pool,
            group: recordType,
            externalId: found.externalId,
            internalId: found.internalId,
            aliases: [],
            lastVersion: found.version,
            appliedAt: null,
            liveOperations: 1,
          }
        : null,
    );
  }
  take = () => Promise.resolve({ batch: null, reason: 'empty' as const, at: null });
  settle = () => Promise.resolve({ applied: 0, fenced: 0 });
  release = () => Promise.resolve();
  wake = () => Promise.resolve({ woken: 0, reaped: 0, overdue: 0, nextAt: null });
  setBreaker = () => Promise.resolve();
  linkAlias = () => Promise.resolve({ recordKey: '', merged: false });
  getShadow = () => Promise.resolve(null);
  putShadows = () => Promise.resolve();
  getCursor = (name: string) => Promise.resolve(this.cursors.get(name) ?? null);
  setCursor = (name: string, value: string) => {
    this.cursors.set(name, value);
    return Promise.resolve();
  };
  purge = () => Promise.resolve(0);
  check = () => (this.fail ? Promise.reject(this.fail) : Promise.resolve());
  close = () => Promise.resolve();
}
