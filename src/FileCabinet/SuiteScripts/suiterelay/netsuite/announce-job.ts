import email from 'N/email';
import log from 'N/log';
import { jobChange } from '../bulk/job-change';
import type { Counts } from '../bulk/tally';
import { messageOf } from '../upsert/operation-failure';
import { JOB, type JobRow } from './job-store';
import { addOutboxRow } from './outbox-port';
import { textParameter } from './script-meter';

/** Leaves a row in the outbox that tells the relay of the end of a job; without it the relay finds out by asking. 6 units. */
export function announceJob(job: JobRow, state: 'done' | 'failed', counts: Counts): void {
  const now = new Date();
  const body = JSON.stringify(jobChange(job.id, state, counts, now));
  try {
    addOutboxRow({ recordType: JOB, recordId: job.id, kind: 'updated', at: now.toISOString(), body }, null);
  } catch (refusal) {
    log.error({ title: `SuiteRelay: the end of job ${job.id} was not announced`, details: messageOf(refusal) });
  }
}

/** Who opened the job gets a mail when it fails, or whom the parameter *Notify* names. 20 units. */
export function mailAboutJob(job: JobRow, error: string): void {
  const recipient = textParameter('custscript_srl_bulk_mail');
  if (job.owner <= 0 && recipient === null) return;
  try {
    email.send({
      author: job.owner > 0 ? job.owner : -5,
      recipients: recipient ?? String(job.owner),
      subject: `SuiteRelay: bulk load ${job.id} failed`,
      body: `Bulk load ${job.id} (${job.recordType}, ${job.total} operations) failed.\n\n${error}\n\nWhat was written stays written; sending the rest again is safe.`,
    });
  } catch (refusal) {
    log.error({ title: `SuiteRelay: no mail about job ${job.id}`, details: messageOf(refusal) });
  }
}
