/**
 * Answers what NetSuite holds, page by page, with a hash over it: records of a type last modified in a period.
 * @NApiVersion 2.1
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
import { reconcileRequestSchema, type ReconcileAnswer } from '../../../../../contract/reconcile';
import { accountOffset, modifiedRecords } from '../netsuite/modified-records';
import { readBody } from '../netsuite/read-body';
import { sha256 } from '../netsuite/tools';
import { pageText } from '../reconcile/page-hash';

const PAGE = 1000;

export function post(body: unknown): ReconcileAnswer {
  const request = readBody(reconcileRequestSchema, body);
  const window = { from: request.from, to: request.to, after: request.after, limit: PAGE };
  const rows = modifiedRecords(request.recordType, window, accountOffset()).map(
    ({ internalId, externalId, version, lastModified, hash }) => ({
      internalId,
      externalId,
      version,
      lastModified,
      hash,
    }),
  );
  const last = rows.at(-1)?.internalId;
  const answer = { count: rows.length, hash: sha256(pageText(rows)), rows };
  return rows.length === PAGE && last !== undefined ? { ...answer, after: last } : answer;
}
