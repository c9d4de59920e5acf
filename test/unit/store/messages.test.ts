import type { EnqueueAnswer } from '../../../relay/store/core/enqueue';
import { prepareRequest, type PreparedRequest } from '../../../relay/store/core/prepare-request';
import { packJobs, packResult, unpackJobs, unpackResult } from '../../../relay/store/sqlite/messages';
import type { Job, JobResult } from '../../../relay/store/sqlite/run-group';
import { newOperation, newRequest } from '../../helpers/stores';

const failure = { code: 'NO_MAPPING', class: 'data', message: 'No field "x"', action: 'Map it.' } as const;

const REQUESTS: readonly PreparedRequest[] = [
  prepareRequest(newRequest([])),
  prepareRequest(
    newRequest([newOperation('A-1'), newOperation('ß "quoted" \\ 😀')], {
      idempotency: { scope: 'salesforce', key: 'k1', bodyHash: 'ab' },
      traceparent: '00-ab-cd-01',
    }),
  ),
  prepareRequest(
    newRequest(
      [
        newOperation('B-1', {
          flow: 'accounts',
          crmId: '001A',
          coalesce: true,
          overtakesReview: true,
          onFailure: 'release',
          maxAttempts: 3,
          requires: [{ recordType: 'customer', externalId: 'A-1' }],
          requiresLimitMs: 5,
          serialize: ['email:a@b.c'],
          weight: 7,
          dedupeKey: 'e-1',
          notBefore: 1_763_000_000_000,
          warnings: [{ code: 'CUT', field: 'memo', message: 'cut' }],
          body: { text: 'line\nline', list: [null, 1.5, { deep: true }] },
        }),
        newOperation('B-2', { refused: failure }),
        newOperation('B-3', { concluded: { result: 'stale', skipped: [{ field: 'a', reason: 'older' }] } }),
      ],
      {
        shadows: [
          { pool: 'P', side: 'netsuite', key: 'k', projection: { a: [1, null] }, hash: 'h', basedOn: null },
          { pool: 'P', side: 'hubspot', key: 'k', projection: {}, hash: '', knownSince: 5, origin: 'op_1' },
        ],
        cursors: { changes: '17' },
      },
    ),
  ),
];

test('requests reach the writer as they were, several to a call and several calls to a message, beside other writes', () => {
  const other: Job = { id: 9, name: 'wake', args: null };
  const jobs: Job[] = [
    { id: 7, name: 'enqueue', args: [REQUESTS[0], REQUESTS[1]] },
    { id: 8, name: 'enqueue', args: [REQUESTS[2]] },
    other,
  ];
  for (const some of [jobs, jobs.slice(0, 2), [other]])
    expect(unpackJobs(structuredClone(packJobs(some)))).toStrictEqual(some);
});

test('answers come back as they were, each to its call: accepted, repeated, refused and failed', () => {
  const accepted = (request: PreparedRequest, requestId: string): EnqueueAnswer => ({
    outcome: 'accepted',
    requestId,
    operations: request.operations.map(({ crmId, externalId }, index) => ({
      index,
      operationId: `op_${requestId}_${index}`,
      crmId,
      key: externalId,
      version: '0000000000000017',
      duplicateOf: index === 1 ? 'op_0' : null,
    })),
  });
  const [empty, two, three] = REQUESTS as [PreparedRequest, PreparedRequest, PreparedRequest];
  const repeated: EnqueueAnswer = { ...accepted(two, 'req_0'), outcome: 'replayed' } as EnqueueAnswer;
  const results: JobResult[] = [
    { id: 1, name: 'enqueue', ok: true, value: [accepted(two, 'req_1'), repeated, accepted(empty, 'req_2')] },
    {
      id: 2,
      name: 'enqueue',
      ok: true,
      value: [{ outcome: 'mismatch', requestId: 'req_0' }, { outcome: 'overtaken' }, accepted(three, 'req_3')],
    },
    { id: 3, name: 'wake', ok: true, value: { woken: 0, reaped: 0, overdue: 0, nextAt: null } },
    { id: 4, name: 'enqueue', ok: false, error: new RangeError('too much') },
  ];
  const asked: Record<number, PreparedRequest[]> = { 1: [two, two, empty], 2: [two, two, three] };
  const settled = [{ operationId: 'op_1', requestId: 'req_1', state: 'review' as const }];
  const packed = structuredClone(packResult({ results, work: ['P'], settled }));
  const found = unpackResult(packed, (id) => asked[id]);
  expect(found.results).toStrictEqual([
    ...results.slice(0, 3),
    { id: 4, name: 'enqueue', ok: false, error: { name: 'RangeError', message: 'too much' } },
  ]);
  expect(found).toMatchObject({ work: ['P'], settled });
  // Where all were accepted or repeated, and nothing was settled, they go as one text.
  const plain = { results: results.slice(0, 2), work: ['P', 'Q'], settled: [] };
  expect(unpackResult(structuredClone(packResult(plain)), (id) => asked[id])).toStrictEqual(plain);
});
