import record from 'N/record';
import type { RequestAnswer } from '../../../../../contract/change-event';
import { FAILURE } from '../upsert/failure-rows';
import { nameOf } from '../upsert/operation-failure';

/**
 * Writes on a failure row what the relay did about its request, and takes the request off it. An answer that settles nothing leaves the
 * state alone: the retry it tells of may have closed the row already. 2 units.
 */
export function answerRequest({ row, answer, closed }: RequestAnswer): void {
  const values = {
    custrecord_srl_fl_answer: answer.slice(0, 3900),
    custrecord_srl_fl_action: '',
    ...(closed ? { custrecord_srl_fl_state: 'closed' } : {}),
  };
  try {
    record.submitFields({ type: FAILURE, id: row, values });
  } catch (refusal) {
    // Housekeeping was faster.
    if (nameOf(refusal) !== 'RCRD_DSNT_EXIST') throw refusal;
  }
}
