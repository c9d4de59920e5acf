/**
 * Deletes what is kept no longer: outbox rows that were sent, closed failures, jobs that ended or were never started, and their files.
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 * @NModuleScope SameAccount
 */
import log from 'N/log';
import type { EntryPoints } from 'N/types';
import { deleteExpired, expiredThings, type Expired } from '../netsuite/expired-things';

export const config: EntryPoints.MapReduce.config = { retryCount: 2, exitOnError: false };

export const getInputData: EntryPoints.MapReduce.getInputData = () => expiredThings();

export const map: EntryPoints.MapReduce.map = (context) => {
  const expired = JSON.parse(context.value) as Expired;
  deleteExpired(expired);
  context.write({ key: expired.type, value: String(expired.ids.length) });
};

export const summarize: EntryPoints.MapReduce.summarize = (summary) => {
  const deleted: Record<string, number> = {};
  summary.output.iterator().each((type, count) => {
    deleted[type] = (deleted[type] ?? 0) + Number(count);
    return true;
  });
  log.audit({ title: 'SuiteRelay: housekeeping', details: deleted });
  summary.mapSummary.errors.iterator().each((key, error) => {
    log.error({ title: `SuiteRelay: ${key} was not deleted`, details: error });
    return true;
  });
};
