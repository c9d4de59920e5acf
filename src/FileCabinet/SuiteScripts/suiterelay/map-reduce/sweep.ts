/**
 * Finds what User Events missed: records saved without them, lost outbox rows, deletions. Writes the missing outbox rows.
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 * @NModuleScope SameAccount
 */
import log from 'N/log';
import type { EntryPoints } from 'N/types';
import { inChunks } from '../reconcile/in-chunks';
import { sweepInput, type SweepItem } from '../netsuite/sweep-input';
import { addOutboxRow } from '../netsuite/outbox-port';

export const config: EntryPoints.MapReduce.config = { retryCount: 2, exitOnError: false };

/** A map invocation has 1,000 units, a row costs 6: so many are written by one. */
const ITEMS_PER_INVOCATION = 50;

export const getInputData: EntryPoints.MapReduce.getInputData = () => inChunks(sweepInput(), ITEMS_PER_INVOCATION);

export const map: EntryPoints.MapReduce.map = (context) => {
  for (const { kind, data } of JSON.parse(context.value) as SweepItem[]) {
    const { recordType, internalId, lastModified, origin } = data;
    const at = lastModified ?? new Date().toISOString();
    addOutboxRow({ recordType, recordId: internalId, kind, at, body: JSON.stringify(data) }, origin.opId);
    context.write({ key: recordType, value: '1' });
  }
};

export const summarize: EntryPoints.MapReduce.summarize = (summary) => {
  const found: Record<string, number> = {};
  summary.output.iterator().each((recordType) => {
    found[recordType] = (found[recordType] ?? 0) + 1;
    return true;
  });
  log.audit({ title: 'SuiteRelay: sweep', details: found });
  summary.mapSummary.errors.iterator().each((key, error) => {
    log.error({ title: `SuiteRelay: ${key} was not swept`, details: error });
    return true;
  });
};
