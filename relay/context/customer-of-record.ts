import { buildExternalId, TransformError, type FlowSet, type Flow } from '../../flows';
import { applyTransforms } from '../../flows/apply-transforms';
import { readPath } from '../../flows/read-path';

/** External id of the customer that a CRM record, such as a case, belongs to; otherwise why there is none. */
export function customerOfRecord(flow: Flow, record: unknown, { context }: FlowSet): { key: string } | { why: string } {
  const { asks } = flow;
  if (!asks) return { why: 'The flow asks for nothing.' };
  const none = { why: `The ${flow.object} belongs to no account.` };
  try {
    const { value } = readPath(record, asks.customer);
    const id = applyTransforms(value ?? null, asks.transform, { ...context, record, warn: () => undefined });
    return typeof id === 'string' && id !== '' ? { key: buildExternalId(asks.prefix, id, context.settings) } : none;
  } catch (error) {
    if (error instanceof TransformError) return { why: error.message };
    throw error;
  }
}
