import type { Logger } from 'pino';
import type { ChangeEvent, RequestAnswer } from '../../contract';
import { OperationNotFound, OperationStateError } from '../store/errors';
import type { OperationState, Store } from '../store/types';

const FINAL: ReadonlySet<OperationState> = new Set<OperationState>(['done', 'superseded', 'cancelled']);

/**
 * An administrator asked, on the failure's record in NetSuite, that an operation be tried again or closed. Answers what is to be written
 * on that record. Asked twice, or decided here meanwhile: the operation's state says what holds.
 */
export async function carryOutRequest(
  store: Pick<Store, 'replay' | 'resolve'>,
  data: ChangeEvent['data'],
  log: Logger,
): Promise<RequestAnswer> {
  const { request, internalId: row, origin } = data;
  const { opId = '', action = 'retry', note = '' } = request ?? {};
  const actor = `netsuite:user ${origin.user ?? 'unknown'}`;
  try {
    if (action === 'retry') {
      await store.replay(opId, { actor });
      return { row, answer: 'The relay sends it again. A success closes this row.', closed: false };
    }
    await store.resolve(opId, { actor, note: note === '' ? 'resolved in NetSuite' : note });
    return { row, answer: 'Resolved in the relay: it is not sent again.', closed: true };
  } catch (error) {
    const answer = refusal(error, row);
    log.info({ operationId: opId, action, actor, reason: answer.answer }, 'request from NetSuite has nothing to do');
    return answer;
  }
}

function refusal(error: unknown, row: string): RequestAnswer {
  if (error instanceof OperationNotFound) {
    const answer = `The relay does not hold operation ${error.operationId}; nothing was done. Send the record again from its CRM.`;
    return { row, answer, closed: false };
  }
  if (error instanceof OperationStateError) {
    const closed = FINAL.has(error.state);
    const answer = `Nothing to do: operation ${error.operationId} is ${error.state}${closed ? '' : ' and on its way'}.`;
    return { row, answer, closed };
  }
  throw error;
}
