import record from 'N/record';
import type { RequestAnswer } from '../../../../../contract/changes-request';
import { FAILURE } from '../upsert/failure-rows';
import { nameOf } from '../upsert/operation-failure';
import { marks } from '../upsert/sql-branches';
import { readRows } from './read-rows';
import { searchRows } from './search-rows';

const OPERATION = 'custrecord_srl_fl_op';

/** Writes on failure rows what the relay did about their requests or operations. 2 units each, 10 more when rows have to be found. */
export function answerRequests(answers: readonly RequestAnswer[]): void {
  const asked = answers.flatMap(({ row, opId }) => (row === undefined && opId !== undefined ? [opId] : []));
  const rows = asked.length === 0 ? new Map<string, string>() : rowsOf(asked);
  for (const answer of answers) {
    const row = answer.row ?? rows.get(answer.opId ?? '');
    // An operation that failed for a passing reason, or on its way, has no row.
    if (row !== undefined) answerRequest(row, answer);
  }
}

/** Failure rows by the operation that failed last. */
const rowsOf = (opIds: readonly string[]): Map<string, string> =>
  new Map(
    readRows({
      sql: `SELECT f.${OPERATION}, TO_CHAR(f.id) FROM ${FAILURE} f WHERE f.${OPERATION} IN (${marks(opIds.length)})`,
      params: [...opIds],
      search: () =>
        searchRows({
          type: FAILURE,
          any: [{ field: OPERATION, operator: 'is', values: [...opIds] }],
          all: [],
          columns: [OPERATION, 'internalid'],
        }),
    }).map(([opId, id]) => [opId ?? '', id ?? '']),
  );

/**
 * Takes the request off the row, too. An answer that settles nothing leaves the state alone: the retry it tells of may have closed the
 * row already.
 */
function answerRequest(row: string, { answer, closed }: RequestAnswer): void {
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
