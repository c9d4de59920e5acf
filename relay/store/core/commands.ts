import type {
  Breaker,
  BulkJob,
  Forgotten,
  Lane,
  OperationFilter,
  JobNote,
  LeaseSlotInput,
  NextJobInput,
  PoolConfig,
  PurgeInput,
  SlotLease,
  SettleInput,
  SettleResult,
  ShadowWrite,
  StoredOperation,
  TakeInput,
  TakeResult,
} from '../types';
import { linkAlias } from './cross-reference';
import { cancel, replay, replayAll, resolve, skip, type Decider, type Replayed } from './decisions';
import { enqueueMany, type EnqueueAnswer } from './enqueue';
import { forget } from './forget';
import { endJob, fillJob, nextJob, noteJob } from './jobs';
import { freeSlot, keepSlot, leaseSlot } from './lease-slot';
import { configurePool, lendSlots, pauseLane, setBreaker } from './pools';
import type { PreparedRequest } from './prepare-request';
import { purge } from './purge';
import { readOperation } from './read-operations';
import { recover } from './recover';
import { release } from './release';
import type { Script, Tx } from './script';
import { settle } from './settle';
import { writeCursors, writeShadows } from './side-tables';
import { take } from './take';
import { wake, type Wakened } from './wake';

type Decision = { operationId: string; by: Decider };

/** Every write of the store, by name: what an engine carries out in one transaction, wherever its connection lives. */
export interface Writes {
  enqueue: { args: PreparedRequest[]; result: EnqueueAnswer[] };
  take: { args: TakeInput; result: TakeResult };
  settle: { args: SettleInput; result: SettleResult };
  release: { args: { pool: string; token: number; slot: number }; result: void };
  leaseSlot: { args: LeaseSlotInput; result: SlotLease | null };
  keepSlot: { args: { lease: SlotLease; leaseMs: number }; result: boolean };
  freeSlot: { args: { lease: SlotLease; until: number | null }; result: void };
  nextJob: { args: NextJobInput; result: BulkJob | null };
  fillJob: { args: { token: number; limit: number }; result: number };
  noteJob: { args: JobNote; result: boolean };
  endJob: { args: { token: number; reason: string | null }; result: number };
  wake: { args: null; result: Wakened };
  configurePool: { args: { pool: string; config: PoolConfig }; result: void };
  setBreaker: { args: { pool: string; breaker: Breaker }; result: void };
  pauseLane: { args: { pool: string; lane: Lane; paused: boolean }; result: void };
  lendSlots: { args: { pool: string; count: number; until: number }; result: void };
  replay: {
    args: { operationId: string; by: Replayed };
    result: StoredOperation;
  };
  resolve: { args: Decision; result: StoredOperation };
  skip: { args: Decision; result: StoredOperation };
  cancel: { args: Decision; result: StoredOperation };
  replayAll: { args: { filter: OperationFilter; by: { actor: string; limit: number } }; result: string[] };
  linkAlias: {
    args: { pool: string; recordType: string; externalId: string; alias: string };
    result: { recordKey: string; merged: boolean };
  };
  putShadows: { args: ShadowWrite[]; result: void };
  setCursor: { args: { name: string; value: string }; result: void };
  forget: { args: { pool: string; limit: number }; result: Forgotten };
  purge: { args: PurgeInput; result: number };
  recover: { args: null; result: number };
  check: { args: null; result: void };
}

export type WriteName = keyof Writes;
type Command<K extends WriteName> = (tx: Tx, args: Writes[K]['args']) => Script<Writes[K]['result']>;

/** As much as a request with a large record takes: the last free pages of a disk must not pass for room. */
const CHECK_CHARACTERS = 64_000;

export const COMMANDS: { [K in WriteName]: Command<K> } = {
  enqueue: enqueueMany,
  take,
  settle,
  release,
  leaseSlot,
  keepSlot,
  freeSlot,
  nextJob,
  fillJob,
  noteJob,
  endJob,
  wake: (tx) => wake(tx),
  configurePool: (tx, { pool, config }) => configurePool(tx, pool, config),
  setBreaker: (tx, { pool, breaker }) => setBreaker(tx, pool, breaker),
  pauseLane: (tx, { pool, lane, paused }) => pauseLane(tx, pool, lane, paused),
  lendSlots: (tx, { pool, count, until }) => lendSlots(tx, pool, count, until),
  replay: (tx, { operationId, by }) => thenRead(replay(tx, operationId, by)),
  resolve: (tx, { operationId, by }) => thenRead(resolve(tx, operationId, by)),
  skip: (tx, { operationId, by }) => thenRead(skip(tx, operationId, by)),
  cancel: (tx, { operationId, by }) => thenRead(cancel(tx, operationId, by)),
  replayAll: (tx, { filter, by }) => replayAll(tx, filter, by),
  linkAlias: (tx, { pool, recordType, externalId, alias }) => linkAlias(tx, pool, recordType, externalId, alias),
  putShadows: writeShadows,
  setCursor: (tx, { name, value }) => writeCursors(tx, [[name, value]]),
  forget: (_tx, args) => forget(args),
  purge,
  recover: (tx) => recover(tx),
  check: (tx) => writeCursors(tx, [['store:check', String(tx.now).padEnd(CHECK_CHARACTERS)]]),
};

function* thenRead(decision: Script<number>): Script<StoredOperation> {
  return yield* readOperation(yield* decision);
}
