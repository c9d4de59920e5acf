import query from 'N/query';
import { requestedChange } from '../outbox/requested-change';
import { textOf } from '../upsert/normalise';
import { FAILURE } from '../upsert/failure-rows';
import type { SweepItem } from './sweep-input';

/** How long the relay may take to answer before it is asked once more. */
const PATIENCE_MINUTES = 30;

/** Requests of administrators that the relay has not answered: their event or its answer was lost. 10 units. */
export function unansweredRequests(waiting: ReadonlySet<string>, now: Date): SweepItem[] {
  const sql =
    'SELECT TO_CHAR(f.id), f.custrecord_srl_fl_op, f.custrecord_srl_fl_key, BUILTIN.DF(f.custrecord_srl_fl_action), f.custrecord_srl_fl_note ' +
    `FROM ${FAILURE} f WHERE f.custrecord_srl_fl_action IS NOT NULL AND f.lastmodified < SYSDATE - ? ORDER BY f.id`;
  const { results } = query.runSuiteQL({ query: sql, params: [PATIENCE_MINUTES / 1440] });
  return results.flatMap(({ values }): SweepItem[] => {
    const [id = '', opId = '', key = '', action = '', note = ''] = values.map(textOf);
    if (waiting.has(`${FAILURE}/${id}`)) return [];
    const data = requestedChange({ id, opId, key, action, note }, 'SWEEP', '', now);
    return data === null ? [] : [{ kind: 'updated', data }];
  });
}
