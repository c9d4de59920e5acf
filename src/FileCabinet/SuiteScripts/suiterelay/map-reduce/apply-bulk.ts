/**
 * Carries out a bulk load: staged files to operations, operations to buckets of records, each bucket as one batch.
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 * @NModuleScope SameAccount
 */
import type { EntryPoints } from 'N/types';
import { operationOf, readBucketKey, writeBucketKey } from '../bulk/buckets';
import { runBucket } from '../bulk/run-bucket';
import type { Slice } from '../bulk/slices';
import { placeOf, sortLine } from '../bulk/sort-line';
import { Budget, reserveFor, runBatch, tools } from '../lib/upsert';
import { chooseJob } from '../netsuite/choose-job';
import { finishRun } from '../netsuite/finish-run';
import { readSlice, runSlices } from '../netsuite/job-parts';
import { flagParameter, lengthsParameter, listParameter, startMeter } from '../netsuite/script-meter';

/** A bucket that an error or a restart ended is carried out again; stamps make that harmless. */
export const config: EntryPoints.MapReduce.config = { retryCount: 2, exitOnError: false };

/** Of the 900 s a reduce invocation may take (Oracle page section_4480364878). */
const REDUCE_MS = 780_000;
/** Kept for what a bucket does after its operations. */
const OWN_UNITS = 20;

export const getInputData: EntryPoints.MapReduce.getInputData = () => {
  const job = chooseJob();
  return job === null ? [] : runSlices(job);
};

/** All operations of a record meet in one bucket, whatever part they came in. */
export const map: EntryPoints.MapReduce.map = (context) => {
  const slice = JSON.parse(context.value) as Slice;
  const { jobId, run, recordType, part, from, buckets } = slice;
  readSlice(slice).forEach((line, at) => {
    const { bucket, value } = sortLine(line, placeOf(run, part, from + at), buckets);
    context.write({ key: writeBucketKey({ jobId, run, recordType, bucket }), value });
  });
};

/** A bucket is a batch. It is conflict-checked, because users and real-time calls write the same records meanwhile. */
export const reduce: EntryPoints.MapReduce.reduce = (context) => {
  const meter = startMeter();
  const { recordType } = readBucketKey(context.key);
  const options = {
    conflictChecked: true,
    allowDelete: flagParameter('custscript_srl_bulk_allow_delete'),
    dryRun: flagParameter('custscript_srl_bulk_dry_run'),
    types: listParameter('custscript_srl_bulk_types'),
    lengths: lengthsParameter('custscript_srl_bulk_lengths'),
    failureRows: true,
  };
  const outcome = runBucket(recordType, context.values.map(operationOf), (operations) => {
    const limits = {
      units: Number.MAX_SAFE_INTEGER,
      ms: REDUCE_MS,
      reserve: OWN_UNITS + reserveFor(operations, tools.queries.mode()),
    };
    return runBatch(context.key, operations, tools, new Budget(meter, limits), options);
  });
  context.write({ key: context.key, value: JSON.stringify(outcome) });
};

export const summarize: EntryPoints.MapReduce.summarize = finishRun;
