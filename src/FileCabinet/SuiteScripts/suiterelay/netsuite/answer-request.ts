import record from 'N/record';
import { FAILURE } from '../upsert/failure-rows';
import { nameOf } from '../upsert/operation-failure';

export interface RequestAnswer {
  row: string;
  answer: string;
  closed: boolean;
}

/** Writes on a failure row what the relay did about its request, and takes the request off it. 2 units. */
export function answerRequest({ row, answer, closed }: RequestAnswer): void {
  const values = {
    custrecord_srl_fl_answer: answer.slice(0, 3900),
    custrecord_srl_fl_action: '',
    custrecord_srl_fl_state: closed ? 'closed' : 'open',
  };
  try {
    record.submitFields({ type: FAILURE, id: row, values });
  } catch (refusal) {
    // Housekeeping was faster.
    if (nameOf(refusal) !== 'RCRD_DSNT_EXIST') throw refusal;
  }
}
