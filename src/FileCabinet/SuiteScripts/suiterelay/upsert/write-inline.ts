import type { ApplyContext } from './apply-fields';
import { blockedBy, isEmpty, isGuarded, type Diff } from './diff-record';
import { explainSaveError } from './explain-save-error';
import type { FoundRecord } from './found-records';
import type { ResolvedOperation } from './resolved-operation';
import { updatedAllTheSame } from './saved-all-the-same';
import { settled, written } from './write-update';
import { assertInTime, stampOf, type Done, type WriteContext } from './write-context';

/** Writes inline-editable body fields and the stamp in one cheap call, which NetSuite does not check against other writers. */
export function submitInline(resolved: ResolvedOperation, found: FoundRecord, diff: Diff, context: WriteContext): Done {
  const { operation } = resolved;
  const apply: ApplyContext = {
    isNew: false,
    stage: found.stage,
    applied: { changes: diff.changes, skipped: [...diff.skipped] },
  };
  const body = diff.guarded ? stillAllowed(found, diff, apply, context) : diff.body;
  if (body.length === 0) return settled('unchanged', resolved, found, apply);
  assertInTime(context);
  const values = Object.fromEntries(body.map((wanted) => [wanted.field, wanted.set]));
  const stamp = stampOf(operation, found.externalId, context);
  try {
    context.tools.records.submitFields(found.recordType, found.internalId, { ...values, ...stamp });
  } catch (refusal) {
    if (!updatedAllTheSame(refusal, found, resolved, context)) throw explainSaveError(refusal, null, resolved);
  }
  written(resolved, found, context);
  return settled('updated', resolved, found, apply);
}

/** `ifEmpty`, `whileStage` and `expected` hold for the record as it stands now, not as the prefetch saw it. */
function stillAllowed(found: FoundRecord, diff: Diff, apply: ApplyContext, context: WriteContext): Diff['body'] {
  const staged = diff.body.some((wanted) => wanted.write === 'whileStage');
  const guarded = diff.body.filter(isGuarded).map((wanted) => wanted.field);
  const now = context.tools.records.lookup(
    found.recordType,
    found.internalId,
    staged ? [...guarded, 'stage'] : guarded,
  );
  const told = now['stage'];
  const stage = typeof told === 'string' && told !== '' ? told.toUpperCase() : found.stage;
  const allowed = diff.body.filter((wanted) => {
    if (!isGuarded(wanted)) return true;
    const current = now[wanted.field];
    const blocked = blockedBy(wanted, isEmpty(current) ? null : current, stage);
    if (blocked !== null) apply.applied.skipped.push({ field: wanted.field, reason: blocked });
    return blocked === null;
  });
  apply.applied.changes = diff.changes.filter((change) => allowed.some((wanted) => wanted.label === change.field));
  return allowed;
}
