/**
 * Answers what NetSuite holds, with a hash over it: records of a type last modified in a period, page by page, or those of given
 * external ids.
 * @NApiVersion 2.1
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
import type { ReconcileAnswer, ReconcileRow } from '../../../../../contract/reconcile';
import { reconcileRequestSchema } from '../../../../../contract/reconcile-request';
import { reconcileText } from '../../../../../contract/reconcile-text';
import { modifiedRecords } from '../netsuite/modified-records';
import { readAccountClock } from '../netsuite/read-account-clock';
import { readBody } from '../netsuite/read-body';
import { recordsByKey } from '../netsuite/records-by-key';
import { sha256 } from '../netsuite/tools';

const PAGE = 1000;

export function post(body: unknown): ReconcileAnswer {
  const request = readBody(reconcileRequestSchema, body);
  const { recordType } = request;
  if ('externalIds' in request) return answer(recordsByKey(recordType, request.externalIds, readAccountClock()));
  const window = { from: request.from, to: request.to, after: request.after, limit: PAGE };
  const { rows, after } = modifiedRecords(recordType, window, readAccountClock());
  const told = answer(
    rows.map(({ internalId, externalId, version, lastModified, hash }) => ({
      internalId,
      externalId,
      version,
      lastModified,
      hash,
    })),
  );
  return after === undefined ? told : { ...told, after };
}

const answer = (rows: ReconcileRow[]): ReconcileAnswer => ({
  count: rows.length,
  hash: sha256(reconcileText(rows)),
  rows,
});
