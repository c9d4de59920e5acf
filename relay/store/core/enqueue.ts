import type { AcceptedOperation, EnqueueResult } from '../types';
import { newOperationId, newRequestId } from './ids';
import { insertPlan } from './insert-plan';
import { followMerges, loadNewest, type RecordState } from './load-records';
import { planOperations, type Planned } from './plan-operations';
import type { PreparedOperation, PreparedRequest } from './prepare-request';
import { recordKeyOf } from './record-key';
import { allocate, lock, look, query, together, toNumbers, type Script, type Step, type Tx } from './script';
import { chooseCurrent, shadowLocks } from './side-tables';

/** `overtaken`: a shadow is no longer what the request was based on; nothing of it was stored. */
export type EnqueueAnswer = EnqueueResult | { outcome: 'overtaken' };

interface KnownRequest {
  no: number;
  id: string;
  scope: string;
  ikey: string;
  body_hash: string;
  first_seq: number | null;
  last_seq: number | null;
  duplicates: string | null;
}

/** Accepts several requests in one transaction, each as a whole or, known by its idempotency key, as what it became before. */
export function* enqueueMany(tx: Tx, requests: readonly PreparedRequest[]): Script<EnqueueAnswer[]> {
  if (!tx.alone) yield* lock(namesOf(requests));
  const { known, found } = yield* readAhead(tx, requests);
  const results = new Array<EnqueueAnswer | undefined>(requests.length);
  const fresh: number[] = [];
  const sameInGroup: { index: number; first: number }[] = [];
  const firstByKey = new Map<string, number>();
  for (const [index, request] of requests.entries()) {
    const key = idempotencyName(request);
    const before = key === null ? undefined : known.get(key);
    const first = key === null ? undefined : firstByKey.get(key);
    if (before) {
      results[index] =
        before.body_hash === request.bodyHash
          ? yield* answerAgain(before)
          : { outcome: 'mismatch', requestId: before.id };
    } else if (first !== undefined) sameInGroup.push({ index, first });
    else {
      if (key !== null) firstByKey.set(key, index);
      fresh.push(index);
    }
  }
  yield* acceptAll(tx, requests, found, fresh, results);
  for (const { index, first } of sameInGroup) {
    const answer = results[first] as EnqueueAnswer;
    if (answer.outcome === 'overtaken') results[index] = answer;
    else
      results[index] =
        requests[index]?.bodyHash === requests[first]?.bodyHash && answer.outcome !== 'mismatch'
          ? { ...answer, outcome: 'replayed' }
          : { outcome: 'mismatch', requestId: answer.requestId };
  }
  return results as EnqueueAnswer[];
}

const idempotencyName = (request: PreparedRequest): string | null =>
  request.scope === null ? null : `${request.scope}\u0000${request.ikey}`;

function namesOf(requests: readonly PreparedRequest[]): string[] {
  const names = new Set<string>();
  for (const request of requests) {
    const key = idempotencyName(request);
    if (key !== null) names.add(`idem:${key}`);
    for (const name of shadowLocks(request.shadows)) names.add(name);
    for (const operation of request.operations) {
      names.add(operation.rkey);
      for (const { recordType, externalId } of operation.requires)
        names.add(recordKeyOf(operation.pool, recordType, externalId));
      for (const value of operation.serialize) names.add(`match:${value}`);
      if (operation.dedupeKey !== null) names.add(`dedupe:${operation.source}:${operation.dedupeKey}`);
    }
  }
  return [...names];
}

const FIND_KNOWN = `SELECT r.no, r.id, r.scope, r.ikey, r.body_hash, r.first_seq, r.last_seq, r.duplicates
  FROM @rows(scope text, ikey text) a JOIN request r ON r.scope=a.scope AND r.ikey=a.ikey`;

/** What acceptance needs to know and to number its rows with, asked for at once. */
interface Found {
  records: Map<string, RecordState>;
  requestNumbers: number[];
  operationNumbers: number[];
}

function* readAhead(
  tx: Tx,
  requests: readonly PreparedRequest[],
): Script<{ known: Map<string, KnownRequest>; found: Found }> {
  const asked = requests.filter((request) => request.scope !== null).map((request) => [request.scope, request.ikey]);
  const keys = keysOf(requests);
  const operations = requests.reduce((sum, request) => sum + request.operations.length, 0);
  const [records = [], requestNumbers = [], operationNumbers = [], known = []] = yield* together(
    loadNewest(tx, keys),
    { kind: 'allocate', sequence: 'request', count: requests.length },
    { kind: 'allocate', sequence: 'op', count: operations },
    ...(asked.length > 0 ? [look(FIND_KNOWN, asked)] : []),
  );
  return {
    known: new Map((known as unknown as KnownRequest[]).map((row) => [`${row.scope}\u0000${row.ikey}`, row])),
    found: {
      records: yield* followMerges(keys, records, (some) => loadNewest(tx, some)),
      requestNumbers: toNumbers(requestNumbers),
      operationNumbers: toNumbers(operationNumbers),
    },
  };
}

/** The records that requests are about, and those they require. */
function keysOf(requests: readonly PreparedRequest[]): string[] {
  const keys = new Set<string>();
  for (const { operations } of requests)
    for (const { rkey, pool, requires } of operations) {
      keys.add(rkey);
      for (const { recordType, externalId } of requires) keys.add(recordKeyOf(pool, recordType, externalId));
    }
  return [...keys];
}

/** The answer a request got when it was accepted, from its operations: they outlive the idempotency window. */
export function* answerAgain(known: KnownRequest): Script<EnqueueResult> {
  const rows =
    known.first_seq === null
      ? []
      : yield* query<{ idx: number; id: string; crm_id: string | null; external_id: string; version: string }>(
          'SELECT idx, id, crm_id, external_id, version FROM op WHERE seq BETWEEN ? AND ? AND request_no=?',
          known.first_seq,
          known.last_seq,
          known.no,
        );
  const operations: AcceptedOperation[] = rows.map((row) => ({
    index: row.idx,
    operationId: row.id,
    crmId: row.crm_id,
    key: row.external_id,
    version: row.version,
    duplicateOf: null,
  }));
  if (known.duplicates) operations.push(...(JSON.parse(known.duplicates) as AcceptedOperation[]));
  operations.sort((a, b) => a.index - b.index);
  return { outcome: 'replayed', requestId: known.id, operations };
}

interface Earlier {
  id: string;
  version: string;
}

function* findDuplicates(requests: readonly PreparedRequest[]): Script<Map<string, Earlier>> {
  const asked = requests.flatMap((request) =>
    request.operations.filter((op) => op.dedupeKey !== null).map((op) => [op.source, op.dedupeKey]),
  );
  if (asked.length === 0) return new Map();
  const rows = yield* query<{ source: string; dkey: string; id: string; version: string }>(
    `SELECT d.source, d.dkey, o.id, o.version FROM @rows(source text, dkey text) a
     JOIN dedupe d ON d.source=a.source AND d.dkey=a.dkey JOIN op o ON o.seq=d.seq`,
    asked,
  );
  return new Map(rows.map((row) => [`${row.source}\u0000${row.dkey}`, { id: row.id, version: row.version }]));
}

function* acceptAll(
  tx: Tx,
  requests: readonly PreparedRequest[],
  found: Found,
  fresh: readonly number[],
  results: (EnqueueAnswer | undefined)[],
): Script<void> {
  const allowed = yield* chooseCurrent(fresh.map((index) => requests[index]?.shadows ?? []));
  const taken = fresh.filter((_, at) => allowed[at]);
  for (const [at, index] of fresh.entries()) if (!allowed[at]) results[index] = { outcome: 'overtaken' };
  if (taken.length === 0) return;
  const chosen = taken.map((index) => requests[index] as PreparedRequest);
  const earlier = yield* findDuplicates(chosen);
  const { records, operationNumbers } = yield* lockMerged(tx, found);
  const planned: Planned[] = [];
  // Versions are known once all is planned.
  const given: [Earlier, AcceptedOperation][] = [];
  const answer = (to: AcceptedOperation[], is: Earlier, one: AcceptedOperation): void => {
    given.push([is, one]);
    to.push(one);
  };
  let next = 0;
  const rows = chosen.map((request, at) => {
    const no = found.requestNumbers[at] as number;
    const row = { no, id: newRequestId(no), request, operations: [] as AcceptedOperation[], seqs: [] as number[] };
    for (const [index, operation] of request.operations.entries()) {
      const seq = operationNumbers[next++] as number;
      const duplicate = dedupeName(operation);
      const before = duplicate === null ? undefined : earlier.get(duplicate);
      if (before) {
        answer(row.operations, before, answerOf(index, operation, before, before.id));
        continue;
      }
      const plan: Planned = {
        seq,
        id: newOperationId(seq),
        requestNo: no,
        requestId: row.id,
        index,
        trace: request.trace,
        operation,
        version: '',
      };
      if (duplicate !== null) earlier.set(duplicate, plan);
      planned.push(plan);
      row.seqs.push(seq);
      answer(row.operations, plan, answerOf(index, operation, plan, null));
    }
    return row;
  });
  const plan = yield* planOperations(tx, planned, records);
  for (const [{ version }, one] of given) one.version = version;
  yield* insertPlan(tx, rows, plan);
  for (const [at, index] of taken.entries()) {
    const row = rows[at];
    if (row) results[index] = { outcome: 'accepted', requestId: row.id, operations: row.operations };
  }
}

/**
 * A record that went into another is that other: its queue is locked too before it is read. Numbers are then taken anew, since they must
 * grow in the order in which a queue was locked.
 */
function* lockMerged(tx: Tx, found: Found): Script<Pick<Found, 'records' | 'operationNumbers'>> {
  if (tx.alone) return found;
  const elsewhere = [...found.records].filter(([asked, { rkey }]) => asked !== rkey).map(([, { rkey }]) => rkey);
  if (elsewhere.length === 0) return found;
  yield* lock(elsewhere);
  const keys = [...found.records.keys()];
  const load = (some: readonly string[]): Step => loadNewest(tx, some);
  const records = yield* followMerges(keys, yield load(keys), load);
  return { records, operationNumbers: yield* allocate('op', found.operationNumbers.length) };
}

const dedupeName = (operation: PreparedOperation): string | null =>
  operation.dedupeKey === null ? null : `${operation.source}\u0000${operation.dedupeKey}`;

const answerOf = (
  index: number,
  operation: PreparedOperation,
  identity: Earlier,
  duplicateOf: string | null,
): AcceptedOperation => ({
  index,
  operationId: identity.id,
  crmId: operation.crmId,
  key: operation.externalId,
  version: identity.version,
  duplicateOf,
});
