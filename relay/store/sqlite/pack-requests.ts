import type { PreparedOperation, PreparedRequest } from '../core/prepare-request';

/**
 * Requests on their way to the writer's thread: one JSON text of values in order, and behind it the bodies as they are. As objects they cost
 * 9 µs an operation there and here, since each carries the names of its fields; this way half of that (measured).
 */
export type PackedRequests = [text: string, ...bodies: string[]];

type O = PreparedOperation;
type R = PreparedRequest;

type PackedOperation = [
  O['pool'],
  O['source'],
  O['object'],
  O['flow'],
  O['lane'],
  O['type'],
  O['action'],
  O['externalId'],
  O['crmId'],
  O['rkey'],
  O['full'],
  O['coalesce'],
  O['overtakesReview'],
  O['release'],
  O['maxAttempts'],
  O['requires'],
  O['requiresLimitMs'],
  O['serialize'],
  O['weight'],
  O['dedupeKey'],
  O['refused'],
  O['notBefore'],
  O['concluded'],
  O['warnings'],
];

type PackedRequest = [
  R['source'],
  R['trace'],
  R['traceparent'],
  R['scope'],
  R['ikey'],
  R['bodyHash'],
  PackedOperation[],
  R['shadows'],
  R['cursors'],
];

/** One call to accept: its number and its requests. */
export type Enqueue = [id: number, requests: readonly PreparedRequest[]];

export function packEnqueues(calls: readonly Enqueue[]): PackedRequests {
  const bodies: string[] = [];
  const packOperation = (o: O): PackedOperation => {
    bodies.push(o.body);
    return [
      o.pool,
      o.source,
      o.object,
      o.flow,
      o.lane,
      o.type,
      o.action,
      o.externalId,
      o.crmId,
      o.rkey,
      o.full,
      o.coalesce,
      o.overtakesReview,
      o.release,
      o.maxAttempts,
      o.requires,
      o.requiresLimitMs,
      o.serialize,
      o.weight,
      o.dedupeKey,
      o.refused,
      o.notBefore,
      o.concluded,
      o.warnings,
    ];
  };
  const packRequest = (r: R): PackedRequest => [
    r.source,
    r.trace,
    r.traceparent,
    r.scope,
    r.ikey,
    r.bodyHash,
    r.operations.map(packOperation),
    r.shadows,
    r.cursors,
  ];
  return [JSON.stringify(calls.map(([id, requests]) => [id, requests.map(packRequest)])), ...bodies];
}

export function unpackEnqueues(all: PackedRequests): Enqueue[] {
  let next = 1;
  const unpackOperation = (packed: PackedOperation): PreparedOperation => ({
    pool: packed[0],
    source: packed[1],
    object: packed[2],
    flow: packed[3],
    lane: packed[4],
    type: packed[5],
    action: packed[6],
    externalId: packed[7],
    crmId: packed[8],
    rkey: packed[9],
    full: packed[10],
    coalesce: packed[11],
    overtakesReview: packed[12],
    release: packed[13],
    maxAttempts: packed[14],
    requires: packed[15],
    requiresLimitMs: packed[16],
    serialize: packed[17],
    weight: packed[18],
    dedupeKey: packed[19],
    refused: packed[20],
    notBefore: packed[21],
    concluded: packed[22],
    warnings: packed[23],
    body: all[next++] ?? '',
  });
  const unpackRequest = (packed: PackedRequest): PreparedRequest => ({
    source: packed[0],
    trace: packed[1],
    traceparent: packed[2],
    scope: packed[3],
    ikey: packed[4],
    bodyHash: packed[5],
    operations: packed[6].map(unpackOperation),
    shadows: packed[7],
    cursors: packed[8],
  });
  return (JSON.parse(all[0]) as [number, PackedRequest[]][]).map(([id, requests]) => [id, requests.map(unpackRequest)]);
}
