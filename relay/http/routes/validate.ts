import type { NewOperation } from '../../store/types';
import { requireAction } from '../authenticate';
import type { Route } from '../request-context';
import { failureView } from '../views/operation-view';
import { readRecords } from './upserts';

/** POST /v1/validate: what would be sent to NetSuite, and why not; nothing is stored. */
export const postValidate: Route = async (context) => {
  requireAction(context.principal, 'upsert');
  const { mapped } = await readRecords(context);
  const results = mapped.operations.map((operation, position) => ({
    index: mapped.recordIndex[position] ?? position,
    ...describe(operation),
  }));
  context.response.json({
    valid: results.every(({ ok }) => ok),
    results,
    ignored: mapped.ignored,
    warnings: mapped.warnings,
  });
};

function describe(operation: NewOperation) {
  const { crmId, recordType, externalId, refused, flow } = operation;
  const known = { crmId: crmId ?? null, recordType, externalId, ...(flow === undefined ? {} : { flow }) };
  return refused
    ? { ok: false as const, ...known, error: failureView(refused) }
    : { ok: true as const, ...known, operation: operation.body };
}
