import type { Operation } from '../../../../../contract/operation';
import { fail } from './operation-failure';
import type { Stamp, Verdict } from './stamps';
import type { Done } from './write-context';

/**
 * The answer to an operation that came too late. A complete projection may be overtaken; a partial one must not be lost, so it goes
 * to review.
 */
export function staleResult(
  verdict: Exclude<Verdict, 'fresh'>,
  operation: Operation,
  internalId: string | undefined,
  stamp: Pick<Stamp, 'op' | 'version'>,
): Done {
  const done: Done = { status: verdict, externalId: operation.key.externalId };
  if (internalId !== undefined) done.internalId = internalId;
  if (stamp.version !== null) done.version = stamp.version;
  if (stamp.op !== null) done.stampedBy = stamp.op;
  if (verdict === 'duplicate' || operation.full === true) return done;
  const failure = fail(
    'STALE_PARTIAL',
    `${operation.recordType} ${internalId ?? ''} carries the newer version ${stamp.version ?? ''}; this operation holds only some of the fields and was not written`,
  ).data;
  return {
    ...done,
    status: 'review',
    error: { code: failure.code, message: failure.message, class: failure.errorClass },
  };
}
