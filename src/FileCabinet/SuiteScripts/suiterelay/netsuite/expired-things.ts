import file from 'N/file';
import query from 'N/query';
import record from 'N/record';
import { partPrefix, resultPrefix } from '../bulk/job-files';
import { OUTBOX, OUTBOX_FIELDS, SENT } from '../outbox/outbox-fields';
import { FAILURE } from '../upsert/failure-rows';
import { nameOf } from '../upsert/operation-failure';
import { textOf } from '../upsert/normalise';
import { findJobs, JOB, listFiles } from './job-store';
import { numberParameter } from './script-meter';

export interface Expired {
  type: string;
  id: string;
}

const KINDS: readonly { type: string; condition: string; params: string[] }[] = [
  { type: OUTBOX, condition: `x.${OUTBOX_FIELDS.state} = ?`, params: [SENT] },
  { type: FAILURE, condition: 'x.custrecord_srl_fl_state = ?', params: ['closed'] },
  { type: JOB, condition: 'x.custrecord_srl_jb_state IN (?, ?)', params: ['done', 'failed'] },
];

/** At most what one query gives; the rest goes the next night. */
export function expiredThings(): Expired[] {
  const days = numberParameter('custscript_srl_keep_days', 30);
  return KINDS.flatMap(({ type, condition, params }) => {
    const sql = `SELECT TO_CHAR(x.id) FROM ${type} x WHERE ${condition} AND x.lastmodified < SYSDATE - ?`;
    const { results } = query.runSuiteQL({ query: sql, params: [...params, days] });
    return results.map(({ values }) => ({ type, id: textOf(values[0]) }));
  });
}

/** A job's files go before its row, so that a lost invocation leaves nothing behind that nobody finds. */
export function deleteExpired({ type, id }: Expired): void {
  if (type === JOB) deleteJobFiles(id);
  try {
    record.delete({ type, id });
  } catch (refusal) {
    if (nameOf(refusal) !== 'RCRD_DSNT_EXIST') throw refusal;
  }
}

function deleteJobFiles(jobId: string): void {
  const [job] = findJobs({ id: jobId });
  if (job === undefined) return;
  for (const prefix of [partPrefix(jobId), resultPrefix(jobId)]) {
    for (const { id } of listFiles(job.folder, prefix)) file.delete({ id });
  }
}
