/**
 * Carries out a bulk load: staged files to operations, operations to buckets of records, each bucket as one batch.
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 * @NModuleScope SameAccount
 */
import type { EntryPoints } from 'N/types';
import { operationSchema } from '../../../../../contract/operation';
import { bucketCount, bucketOfKey, bucketValue, operationOf } from '../bulk/buckets';
import { outcomeOf } from '../bulk/bucket-outcome';
import { fromLines } from '../bulk/job-files';
import { Budget, reserveFor, runBatch, tools } from '../lib/upsert';
import { chooseJob, finishRun, partsOf, type PartInput } from '../netsuite/apply-job';
import { changeJob, readFile } from '../netsuite/job-store';
import { startMeter } from '../netsuite/script-meter';

/** A bucket that an error or a restart ended is carried out again; stamps make that harmless. */
export const config: EntryPoints.MapReduce.config = { retryCount: 2, exitOnError: false };

/** Of the 900 s a reduce invocation may take (Oracle page section_4480364878). */
const REDUCE_MS = 780_000;
/** Kept for what a bucket does after its operations. */
const OWN_UNITS = 20;

export const getInputData: EntryPoints.MapReduce.getInputData = () => {
  const job = chooseJob();
  if (job === null) return [];
  changeJob(job.id, { custrecord_srl_jb_state: 'running' });
  return partsOf(job);
};

/** All operations of a record meet in one bucket, whatever part they came in. */
export const map: EntryPoints.MapReduce.map = (context) => {
  const part = JSON.parse(context.value) as PartInput;
  const buckets = bucketCount(part.operations);
  for (const raw of fromLines(readFile(part.fileId))) {
    const parsed = operationSchema.safeParse(raw);
    const key = parsed.success ? parsed.data.key.externalId : JSON.stringify(raw);
    const version = parsed.success ? parsed.data.version : '0'.repeat(16);
    context.write({ key: `${part.jobId}/${bucketOfKey(key, buckets)}`, value: bucketValue(version, raw) });
  }
};

/** A bucket is a batch. It is conflict-checked, because users and real-time calls write the same records meanwhile. */
export const reduce: EntryPoints.MapReduce.reduce = (context) => {
  const meter = startMeter();
  const operations = context.values.map(operationOf);
  const reserve = OWN_UNITS + reserveFor(operations, tools.queries.mode());
  const budget = new Budget(meter, { units: Number.MAX_SAFE_INTEGER, ms: REDUCE_MS, reserve });
  const options = { conflictChecked: true, allowDelete: false, dryRun: false, failureRows: true };
  const { results } = runBatch(context.key, operations, tools, budget, options);
  const outcome = outcomeOf(operations, results, budget.used());
  context.write({ key: context.key, value: JSON.stringify(outcome) });
};

export const summarize: EntryPoints.MapReduce.summarize = finishRun;
