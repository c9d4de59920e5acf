import type { CrmAdapter, CrmWrite, CrmWriteOutcome } from './crm-adapter';

/**
 * Records that are about to be created although the CRM has one that may be the same: a person decides, because a record too many is
 * found late, and a wrong link later still. Costs a read per field, whatever the batch.
 */
export async function refuseLikenesses(
  adapter: CrmAdapter,
  object: string,
  items: readonly CrmWrite[],
  signal: AbortSignal,
): Promise<Map<string, CrmWriteOutcome>> {
  const refused = new Map<string, CrmWriteOutcome>();
  const fields = new Set(items.flatMap(({ candidates = [] }) => candidates.map(({ field }) => field)));
  for (const field of fields) {
    const valueOf = ({ candidates = [] }: CrmWrite): string | undefined =>
      candidates.find((one) => one.field === field)?.value;
    const values = [...new Set(items.flatMap((item) => valueOf(item) ?? []))];
    const hits = await adapter.searchRecords?.(object, field, values, signal);
    for (const item of items) {
      const value = valueOf(item);
      const same = value === undefined ? [] : (hits?.get(value.toLowerCase()) ?? []);
      if (same.length === 0 || refused.has(item.operationId)) continue;
      const ids = same.map(({ id }) => id).join(', ');
      const known =
        item.match === null ? 'the id of its NetSuite record' : `${item.match.value} as ${item.match.field}`;
      refused.set(item.operationId, {
        ok: false,
        fault: {
          class: 'conflict',
          code: 'POSSIBLE_DUPLICATE',
          message: `${object} ${ids} has the ${field} “${value ?? ''}” too. Give the right one ${known}, or make a new one that has it; then replay.`,
          field,
        },
      });
    }
  }
  return refused;
}
