import type { CrmAdapter, CrmWrite, CrmWriteOutcome } from './crm-adapter';

/**
 * Reads back the fields that a flow declares critical: a CRM may answer "success" and yet drop a value (field-level security, a
 * workflow that puts it back). What is not there as written is a failure of its own.
 */
export async function verifyWritten(
  adapter: CrmAdapter,
  object: string,
  written: readonly { item: CrmWrite; outcome: CrmWriteOutcome }[],
  signal: AbortSignal,
): Promise<Map<string, CrmWriteOutcome>> {
  const failed = new Map<string, CrmWriteOutcome>();
  const due = written.flatMap(({ item, outcome }) =>
    item.verify && outcome.ok && outcome.crmId !== null ? [{ item, crmId: outcome.crmId }] : [],
  );
  if (due.length === 0 || !adapter.findRecords) return failed;
  const fields = [...new Set(due.flatMap(({ item }) => item.verify ?? []))];
  const idField = adapter.kind === 'salesforce' ? 'Id' : 'id';
  const found = await adapter.findRecords(
    object,
    idField,
    due.map(({ crmId }) => crmId),
    fields,
    signal,
  );
  for (const { item, crmId } of due) {
    const record = found.get(crmId.toLowerCase())?.[0];
    const lost = (item.verify ?? []).find(
      (name) => name in item.fields && !sameInCrm(item.fields[name], record?.fields[name]),
    );
    if (lost === undefined) continue;
    failed.set(item.operationId, {
      ok: false,
      fault: {
        class: 'configuration',
        code: 'VALUE_NOT_KEPT',
        field: lost,
        message: `The CRM answered success, but ${lost} is ${JSON.stringify(record?.fields[lost] ?? null)} and not ${JSON.stringify(item.fields[lost])}: look at the user's rights to the field and at automations that write it.`,
      },
    });
  }
  return failed;
}

/** CRMs answer numbers as numbers or as texts, and empty as null or as nothing. */
export function sameInCrm(sent: unknown, held: unknown): boolean {
  const plain = (value: unknown): string =>
    value === null || value === undefined ? '' : typeof value === 'string' ? value.trim() : JSON.stringify(value);
  const [left, right] = [plain(sent), plain(held)];
  if (left === right) return true;
  if (left === '' || right === '') return false;
  if (Number.isFinite(Number(left)) && Number.isFinite(Number(right))) return Number(left) === Number(right);
  // 2026-03-01T00:00:00.000Z and 2026-03-01T00:00:00.000+0000.
  const [from, to] = [Date.parse(left), Date.parse(right)];
  return /^\d{4}-\d\d-\d\dT/.test(left) && !Number.isNaN(from) && from === to;
}
