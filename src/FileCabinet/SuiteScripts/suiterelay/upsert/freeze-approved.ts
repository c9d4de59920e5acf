import type { Skip } from './diff-record';
import type { ResolvedOperation } from './resolved-operation';

/** `orderstatus` of an order that waits for approval. */
const PENDING_APPROVAL = 'A';

/**
 * What may still be written onto an order by its state: once somebody has approved it, only what the operation's allow-list names. The
 * rest is told as skipped, so that an edit that comes too late is seen and not lost.
 */
export function freezeApproved(
  resolved: ResolvedOperation,
  orderStatus: unknown,
): { resolved: ResolvedOperation; skipped: Skip[] } {
  const { afterApproval } = resolved.operation;
  const status = typeof orderStatus === 'string' ? orderStatus : '';
  if (afterApproval === undefined || status === '' || status === PENDING_APPROVAL) return { resolved, skipped: [] };
  const allowed = new Set(afterApproval.allow);
  const body = resolved.body.filter(({ field }) => allowed.has(field));
  const sublists = resolved.sublists.filter(({ name }) => allowed.has(name));
  const subrecords = resolved.subrecords.filter(({ name }) => allowed.has(name));
  const left = [
    ...resolved.body.filter(({ write }) => write !== 'onCreate').map(({ field }) => field),
    ...[...resolved.sublists, ...resolved.subrecords].map(({ name }) => name),
  ].filter((name) => !allowed.has(name));
  return {
    resolved: { ...resolved, body, sublists, subrecords },
    skipped: left.map((field) => ({ field, reason: 'afterApproval' })),
  };
}
