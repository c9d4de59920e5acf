import type { AcceptedOperation } from '../types';
import { finishOperations } from './finish-operations';
import { markOvertaken } from './overtake';
import type { RecordState } from './load-records';
import { lockQueues } from './lock-queues';
import type { Plan, Planned, Superseded } from './plan-operations';
import type { PreparedRequest } from './prepare-request';
import { groupOfKey } from './record-key';
import {
  type Cell,
  change,
  count,
  countMove,
  insert,
  insertRows,
  json,
  type Script,
  type Step,
  type Tx,
  updateEach,
} from './script';
import { toSettled } from './settled';
import { outerState, S, type Inner } from './states';
import { writeShadows, writeCursors } from './side-tables';
import { toVersion } from './versions';

export interface RequestRow {
  no: number;
  id: string;
  request: PreparedRequest;
  operations: AcceptedOperation[];
  seqs: number[];
}

const OP_COLUMNS = [
  'seq',
  'id',
  'request_no',
  'idx',
  'pool',
  'source',
  'object',
  'flow',
  'lane',
  'type',
  'action',
  'external_id',
  'crm_id',
  'rkey',
  'version',
  'full_state',
  'on_failure',
  'serialized',
  'state',
  'attempts',
  'max_attempts',
  'run_at',
  'weight',
  'requires_until',
  'trace',
  'body',
  'error',
  'result',
  'outcome',
  'warnings',
  'superseded_by',
  'created_at',
  'updated_at',
] as const;

const REQUEST_COLUMNS = [
  'no',
  'id',
  'source',
  'trace',
  'traceparent',
  'scope',
  'ikey',
  'body_hash',
  'first_seq',
  'last_seq',
  'duplicates',
  'created_at',
] as const;

const RECORD_COLUMNS = ['rkey', 'pool', 'grp', 'external_id', 'last_version', 'created_at'];

/** Writes what was planned. Older operations leave their places first: a record has one head at any moment. */
export function* insertPlan(tx: Tx, rows: readonly RequestRow[], plan: Plan): Script<void> {
  yield* supersede(tx, plan.superseded);
  if (plan.overtaken.length > 0)
    yield* markOvertaken(tx, plan.overtaken, new Map(plan.planned.map((one) => [one.id, one.seq])));
  yield* traceReplaced(tx, plan);
  yield* change(
    recordRows(tx, plan),
    insertRows(
      'op',
      OP_COLUMNS,
      plan.planned.map((one) => operationRow(tx, one)),
    ),
    insertRows('edge', ['seq', 'target'], plan.edges),
    insertRows('match_wait', ['mval', 'seq'], plan.matches),
    dedupeRows(tx, plan),
    insertRows(
      'request',
      REQUEST_COLUMNS,
      rows.map((row) => requestRow(tx, row)),
    ),
  );
  for (const row of rows) {
    if (row.request.shadows.length > 0) yield* writeShadows(tx, row.request.shadows);
    if (row.request.cursors.length > 0) yield* writeCursors(tx, row.request.cursors);
  }
  announce(tx, plan.planned);
}

function* supersede(tx: Tx, superseded: readonly Superseded[]): Script<void> {
  if (superseded.length === 0) return;
  yield* lockQueues(
    tx,
    superseded.map((row) => row.seq),
  );
  yield* updateEach(
    `UPDATE op SET state=${S.superseded}, run_at=NULL, superseded_by=v.by_id, updated_at=?
     @each(seq bigint, by_id text) WHERE op.seq=v.seq`,
    superseded.map((row) => [row.seq, row.by]),
    tx.now,
  );
  for (const row of superseded) {
    countMove(tx, row, S.superseded);
    tx.settled.push(toSettled(row, 'superseded'));
  }
  yield* finishOperations(
    tx,
    superseded.map((row) => row.seq),
  );
}

/** Who replaced whom, on both sides; also where both came in one group. */
function* traceReplaced(tx: Tx, plan: Plan): Script<void> {
  if (plan.superseded.length === 0 && plan.planned.every((one) => one.supersededBy === undefined)) return;
  const seqOf = new Map(plan.planned.map((one) => [one.id, one.seq]));
  const replaced = [
    ...plan.superseded.map(({ seq, id, by }) => ({ seq, id, by })),
    ...plan.planned.flatMap(({ seq, id, supersededBy }) =>
      supersededBy === undefined ? [] : [{ seq, id, by: supersededBy }],
    ),
  ];
  const older = new Map<string, string[]>();
  for (const { id, by } of replaced) older.set(by, [...(older.get(by) ?? []), id]);
  yield* insert(
    'history',
    ['seq', 'at', 'kind', 'detail'],
    [
      ...replaced.map(({ seq, by }) => [seq, tx.now, 'superseded', json({ by })]),
      ...[...older].map(([by, ids]) => [seqOf.get(by) ?? 0, tx.now, 'replaces', json({ operations: ids })]),
    ],
  );
}

/** New records: those that are known are not written with every operation of theirs (see `issueVersions`). */
function recordRows(tx: Tx, plan: Plan): Step {
  const unknown = new Map<string, RecordState>();
  for (const record of plan.records.values()) if (!record.known) unknown.set(record.rkey, record);
  const touched = new Map<string, Planned>();
  for (const one of plan.planned) if (unknown.has(one.rkey as string)) touched.set(one.rkey as string, one);
  return insertRows(
    'rec',
    RECORD_COLUMNS,
    [...touched].map(([rkey, one]) => [
      rkey,
      one.operation.pool,
      groupOfKey(rkey),
      one.operation.externalId,
      toVersion(unknown.get(rkey)?.lastVersion ?? 0),
      tx.now,
    ]),
    '(rkey) DO UPDATE SET last_version=excluded.last_version',
  );
}

const dedupeRows = (tx: Tx, plan: Plan): Step =>
  insertRows(
    'dedupe',
    ['source', 'dkey', 'seq', 'created_at'],
    plan.planned
      .filter((one) => one.operation.dedupeKey !== null)
      .map((one) => [one.operation.source, one.operation.dedupeKey, one.seq, tx.now]),
    '(source, dkey) DO UPDATE SET seq=excluded.seq, created_at=excluded.created_at',
  );

const operationRow = (tx: Tx, one: Planned): Cell[] => {
  const op = one.operation;
  return [
    one.seq,
    one.id,
    one.requestNo,
    one.index,
    op.pool,
    op.source,
    op.object,
    op.flow,
    op.lane,
    op.type,
    op.action,
    op.externalId,
    op.crmId,
    one.rkey as string,
    one.version,
    op.full,
    op.release,
    op.serialize.length > 0 ? 1 : 0,
    one.state as number,
    0,
    op.maxAttempts,
    one.runAt ?? null,
    op.weight,
    tx.now + op.requiresLimitMs,
    one.trace,
    op.body,
    one.error ? json(one.error) : null,
    op.concluded?.result ?? null,
    op.concluded ? json({ warnings: [], changes: [], skipped: op.concluded.skipped }) : null,
    op.warnings,
    one.supersededBy ?? null,
    tx.now,
    tx.now,
  ];
};

const requestRow = (tx: Tx, row: RequestRow): Cell[] => {
  const duplicates = row.operations.filter((operation) => operation.duplicateOf !== null);
  const { request } = row;
  return [
    row.no,
    row.id,
    request.source,
    request.trace,
    request.traceparent,
    request.scope,
    request.ikey,
    request.bodyHash,
    row.seqs[0] ?? null,
    row.seqs.at(-1) ?? null,
    duplicates.length > 0 ? json(duplicates) : null,
    tx.now,
  ];
};

function announce(tx: Tx, planned: readonly Planned[]): void {
  for (const one of planned) {
    const state = outerState(one.state as Inner);
    count(tx, one.operation.pool, one.operation.lane, state, 1);
    if (one.state === S.ready) tx.work.add(one.operation.pool);
    else if (state !== 'queued') {
      const { id, requestNo, requestId } = one;
      tx.settled.push({ operationId: id, requestNo, requestId, state });
    }
  }
}
