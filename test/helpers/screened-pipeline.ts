import { pino } from 'pino';
import type { ChangeEvent, DirectRecord, OperationResult } from '../../contract';
import { createFlowSet, defineFlow, type Flow, type FlowInput, type FlowSet } from '../../flows';
import type { Guards } from '../../flows/conflict/screen-record';
import { mapRecords } from '../../relay/http/accept/map-records';
import { enqueueScreened } from '../../relay/screening/enqueue-screened';
import { learnFromAnswers } from '../../relay/screening/learn-from-answers';
import { ShadowRouter } from '../../relay/screening/shadow-router';
import { POOL, StoreBench, takeInput } from './stores';

const source = { name: 'salesforce', kind: 'salesforce' } as never;

/** The relay's way in without its wires: a flow, the real store, and a record book that stands for NetSuite and counts its calls. */
export class ScreenedPipeline {
  readonly bench: StoreBench;
  readonly set: FlowSet;
  readonly flow: Flow;
  guards: Guards = { content: true, version: true, hops: true };
  /** What NetSuite holds, by external id. */
  readonly books = new Map<string, Record<string, unknown>>();
  calls = 0;
  writes = 0;
  stage: 'PROSPECT' | 'CUSTOMER' = 'PROSPECT';

  private constructor(bench: StoreBench, flow: Flow) {
    this.bench = bench;
    this.flow = flow;
    this.set = createFlowSet([flow]);
  }

  static async open(flow: FlowInput): Promise<ScreenedPipeline> {
    return new ScreenedPipeline(await StoreBench.inMemory(), defineFlow(flow));
  }

  /** A record arrives from the CRM; answers the state of its operation. */
  async receive(record: Record<string, unknown>, more: { byMachine?: boolean | undefined } = {}): Promise<string> {
    const mapper = {
      flowsFor: () => [this.flow],
      contextFlowsFor: () => [],
      map: (flow: Flow, one: unknown) => this.#map(flow, one),
      requiresMs: 1000,
    };
    const { operations } = await mapRecords(mapper, {
      source,
      account: POOL,
      object: this.flow.object,
      records: [record],
      lane: 'realtime',
      ...more,
    });
    const result = await enqueueScreened(
      { store: this.bench.store, guards: () => this.guards, now: () => this.bench.now, log: pino({ level: 'silent' }) },
      { source: 'salesforce', traceId: 'a'.repeat(32), operations },
    );
    if (result.outcome === 'mismatch') throw new Error('no idempotency key was given');
    return result.operations[0]?.operationId ?? '';
  }

  #map(flow: Flow, record: unknown) {
    const [outcome] = this.set.mapRecord(flow.crm, flow.object, record);
    if (!outcome) throw new Error('no flow takes the record');
    return outcome;
  }

  /** Carries out everything that waits, as the script would: only what differs is written. `underWay` happens before the answer is settled. */
  async run(underWay?: () => Promise<unknown>): Promise<void> {
    for (;;) {
      const { batch } = await this.bench.store.take(takeInput());
      if (!batch) return;
      this.calls += 1;
      const results = batch.operations.map(({ operationId, body }) =>
        this.#apply(operationId, JSON.parse(body) as DirectRecord),
      );
      const settlements = batch.operations.map(({ seq }, at) => ({
        seq,
        to: 'done' as const,
        result: results[at]!.status,
      }));
      const answer = {
        contract: 1,
        batchId: batch.batchId,
        results,
        usage: { unitsUsed: 1, unitsLeft: 1, ms: 1, perOperation: [] },
      };
      const shadows = learnFromAnswers(POOL, batch, answer, settlements, this.bench.now);
      this.bench.advance(1);
      await underWay?.();
      await this.bench.settle(batch, (seq) => settlements.find((one) => one.seq === seq)!, { shadows });
    }
  }

  #apply(opId: string, record: DirectRecord): OperationResult {
    const known = this.books.get(record.key.externalId);
    const next = { ...known };
    const skipped: { field: string; reason: string }[] = [];
    for (const [name, { value, write, stages }] of Object.entries(record.fields ?? {})) {
      const past = known !== undefined && write === 'whileStage' && !(stages ?? []).includes(this.stage);
      if (past && known[name] !== value) skipped.push({ field: name, reason: 'whileStage' });
      else if (!past && !(known !== undefined && write === 'onCreate')) next[name] = value;
    }
    const status =
      known === undefined ? 'created' : JSON.stringify(known) === JSON.stringify(next) ? 'unchanged' : 'updated';
    if (status !== 'unchanged') this.writes += 1;
    this.books.set(record.key.externalId, next);
    return { opId, status, skipped, warnings: [] };
  }

  /** Somebody in NetSuite gives a field another value. */
  async edit(
    externalId: string,
    field: string,
    value: string,
    origin: Partial<ChangeEvent['data']['origin']> = {},
  ): Promise<void> {
    const old = (this.books.get(externalId)?.[field] ?? null) as string | null;
    this.books.set(externalId, { ...this.books.get(externalId), [field]: value });
    const data = {
      recordType: 'customer',
      internalId: '7',
      externalId,
      lastModified: null,
      changes: [{ field, old, new: value }],
      origin: { opId: null, version: null, hop: 0, ownSave: false, context: 'USERINTERFACE', user: '5', ...origin },
      foundBy: 'capture' as const,
    };
    const event = { type: 'com.netsuite.customer.updated.v1', id: `e${this.bench.now}`, data } as ChangeEvent;
    const router = new ShadowRouter(this.bench.store, () => this.set);
    const { shadows } = await router.route(POOL, event, []);
    this.bench.advance(1);
    await this.bench.store.putShadows(shadows);
  }

  async close(): Promise<void> {
    await this.bench.store.close();
  }
}
