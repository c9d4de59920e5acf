import { endWith, type Item } from './batch-state';
import { FoundRecords } from './found-records';
import type { Kind } from './normalise';
import { sameValue } from './normalise';
import { fail } from './operation-failure';
import { recordBranch } from './prefetch-records';
import { readBranches } from './sql-branches';
import type { WriteContext } from './write-context';

/** Reads back the fields that must not be dropped silently, in one query for the batch; what is missing goes to review. */
export function verifyWritten(items: readonly Item[], context: WriteContext): void {
  const written = items.filter(
    (item) =>
      (item.result?.status === 'created' || item.result?.status === 'updated') &&
      item.resolved?.body.some((wanted) => wanted.verify) === true,
  );
  const recordType = written[0]?.parsed.operation?.recordType;
  if (recordType === undefined) return;
  const fields = new Map<string, Kind>();
  for (const item of written) {
    for (const wanted of item.resolved?.body ?? []) if (wanted.verify) fields.set(wanted.field, wanted.kind);
  }
  const internalIds = written.flatMap((item) => item.result?.internalId ?? []);
  const seen = new FoundRecords();
  readBranches(context.tools.queries, [
    recordBranch({ recordType, externalIds: [], internalIds, crmIds: [] }, fields, seen),
  ]);
  for (const item of written) verifyOne(item, seen);
}

function verifyOne(item: Item, seen: FoundRecords): void {
  const record = seen.byInternalId(item.result?.internalId ?? '');
  const skipped = new Set((item.result?.skipped ?? []).map((skip) => skip.field));
  for (const wanted of item.resolved?.body ?? []) {
    if (!wanted.verify || skipped.has(wanted.label) || !(record?.values.has(wanted.field) ?? false)) continue;
    if (sameValue(record?.values.get(wanted.field) ?? null, wanted.value, wanted.kind)) continue;
    const { changes, version } = item.result ?? {};
    endWith(
      item,
      fail(
        'NOT_VERIFIED',
        `${wanted.label} was saved but does not hold the value that was sent; look for a script or workflow that resets it`,
        {
          field: wanted.label,
          review: true,
        },
      ).data,
    );
    if (item.result !== null && changes !== undefined) item.result.changes = changes;
    if (item.result !== null && version !== undefined) item.result.version = version;
    return;
  }
}
