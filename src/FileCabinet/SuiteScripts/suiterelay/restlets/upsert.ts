/**
 * Applies a batch of operations from the relay: one record type, one prefetch, each operation by itself, within units and time.
 * @NApiVersion 2.1
 * @NScriptType Restlet
 * @NModuleScope SameAccount
 */
import type { UpsertAnswer } from '../../../../../contract/upsert';
import { upsertRequestSchema } from '../../../../../contract/upsert-request';
import { CONTRACT_VERSION, DEFAULT_BUDGET_MS } from '../../../../../contract/version';
import { Budget, reserveFor, runBatch, tools } from '../lib/upsert';
import { readBody } from '../netsuite/read-body';
import { flagParameter, lengthsParameter, listParameter, startMeter } from '../netsuite/script-meter';
import { throwRequestError, withRequestErrors } from '../netsuite/throw-request-error';

export function post(body: unknown): UpsertAnswer {
  const meter = startMeter();
  const request = readBody(upsertRequestSchema, body);
  if (request.contract !== CONTRACT_VERSION) {
    throwRequestError(
      'CONTRACT_MISMATCH',
      `this script speaks contract ${CONTRACT_VERSION}, the request ${request.contract}`,
    );
  }
  const budget = new Budget(meter, {
    units: request.budget?.units ?? Number.MAX_SAFE_INTEGER,
    ms: request.budget?.ms ?? DEFAULT_BUDGET_MS,
    reserve: reserveFor(request.operations, tools.queries.mode()),
  });
  return withRequestErrors(() =>
    runBatch(request.batchId, request.operations, tools, budget, {
      conflictChecked: false,
      allowDelete: flagParameter('custscript_srl_allow_delete'),
      dryRun: flagParameter('custscript_srl_dry_run'),
      types: listParameter('custscript_srl_types'),
      lengths: lengthsParameter('custscript_srl_lengths'),
      failureRows: flagParameter('custscript_srl_failure_rows'),
    }),
  );
}
