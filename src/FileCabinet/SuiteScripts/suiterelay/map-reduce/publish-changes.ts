/**
 * Sends waiting changes to the relay in signed batches. Does nothing unless the parameter "Relay URL" is set: by default the relay
 * pulls.
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 * @NModuleScope SameAccount
 */
import log from 'N/log';
import runtime from 'N/runtime';
import type { EntryPoints } from 'N/types';
import { toChangeEvent } from '../outbox/change-event';
import type { OutboxRow } from '../outbox/outbox-fields';
import { bucketOf, bucketsFor, sendBucket } from '../outbox/send-bucket';
import { rowsOfRun } from '../netsuite/outbox-port';
import { numberParameter, textParameter } from '../netsuite/script-meter';
import { signedOutlet } from '../netsuite/signed-outlet';

/** A bucket is sent again only by the next run: a retry at once would repeat what was accepted before the error. */
export const config: EntryPoints.MapReduce.config = { retryCount: 0, exitOnError: false };

const MAX_ROWS = 5000;

interface Input {
  row: OutboxRow;
  buckets: number;
}

/** Few events go in few calls: a stream of its own is worth 10 units only when it carries hundreds. */
export const getInputData: EntryPoints.MapReduce.getInputData = (): Input[] => {
  if (textParameter('custscript_srl_relay_url') === null) return [];
  const rows = rowsOfRun(MAX_ROWS);
  const buckets = bucketsFor(rows.length, numberParameter('custscript_srl_buckets', 8));
  return rows.map((row) => ({ row, buckets }));
};

/** All changes of a record meet in one bucket; values sort as text, so they begin with the padded row id. */
export const map: EntryPoints.MapReduce.map = (context) => {
  const { row, buckets } = JSON.parse(context.value) as Input;
  const bucket = bucketOf(`${row.recordType}/${row.recordId}`, buckets);
  context.write({ key: String(bucket), value: `${row.id.padStart(16, '0')}${JSON.stringify(row)}` });
};

export const reduce: EntryPoints.MapReduce.reduce = (context) => {
  const rows = context.values.map((value) => JSON.parse(value.slice(16)) as OutboxRow);
  const events = rows.map((row) => toChangeEvent(row, runtime.accountId));
  const sent = sendBucket(events, numberParameter('custscript_srl_batch', 500), signedOutlet());
  context.write({ key: context.key, value: JSON.stringify(sent) });
};

export const summarize: EntryPoints.MapReduce.summarize = (summary) => {
  const total = { accepted: 0, refused: 0, setAside: 0, left: 0 };
  summary.output.iterator().each((_key, value) => {
    const sent = JSON.parse(value) as typeof total;
    total.accepted += sent.accepted;
    total.refused += sent.refused;
    total.setAside += sent.setAside;
    total.left += sent.left;
    return true;
  });
  log.audit({ title: 'SuiteRelay: changes published', details: total });
  summary.reduceSummary.errors.iterator().each((key, error) => {
    log.error({ title: `SuiteRelay: bucket ${key} was not sent`, details: error });
    return true;
  });
};
