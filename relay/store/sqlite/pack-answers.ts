import type { EnqueueAnswer } from '../core/enqueue';
import type { PreparedRequest } from '../core/prepare-request';
import type { AcceptedOperation } from '../types';

/** Of what was accepted only what the caller does not know; every other answer as it is. */
type PackedAnswer =
  [requestId: string, operations: [operationId: string, version: string, duplicateOf: string | null][]] | EnqueueAnswer;

/** The answers of calls to accept, on their way back from the writer's thread: the calls' numbers, and the answers of each. */
export type PackedAnswers = [ids: number[], answers: PackedAnswer[][]];

export function packAnswers(calls: readonly { id: number; answers: readonly EnqueueAnswer[] }[]): PackedAnswers {
  const pack = (answer: EnqueueAnswer): PackedAnswer =>
    answer.outcome === 'accepted'
      ? [
          answer.requestId,
          answer.operations.map(({ operationId, version, duplicateOf }) => [operationId, version, duplicateOf]),
        ]
      : answer;
  return [calls.map(({ id }) => id), calls.map(({ answers }) => answers.map(pack))];
}

/** `requestsOf` gives what was asked for with a call; answers come in the order of the requests. */
export function unpackAnswers(
  [ids, packed]: PackedAnswers,
  requestsOf: (id: number) => readonly PreparedRequest[],
): { id: number; answers: EnqueueAnswer[] }[] {
  return ids.map((id, at) => {
    const requests = requestsOf(id);
    return { id, answers: (packed[at] ?? []).map((answer, index) => unpack(answer, requests[index])) };
  });
}

function unpack(answer: PackedAnswer, request: PreparedRequest | undefined): EnqueueAnswer {
  if (!Array.isArray(answer)) return answer;
  const [requestId, operations] = answer;
  return {
    outcome: 'accepted',
    requestId,
    operations: operations.map(([operationId, version, duplicateOf], index): AcceptedOperation => {
      const asked = request?.operations[index];
      return {
        index,
        operationId,
        crmId: asked?.crmId ?? null,
        key: asked?.externalId ?? '',
        version,
        duplicateOf,
      };
    }),
  };
}
