import type { Account, LineData, RecordData } from '../kernel/types';
import { number } from './money';

/** Which documents each kind of settlement may be applied to. */
const SETTLES: Record<string, string[]> = {
  customerpayment: ['invoice', 'cashrefund'],
  creditmemo: ['invoice'],
  depositapplication: ['invoice'],
  customerrefund: ['creditmemo', 'customerdeposit'],
  vendorpayment: ['vendorbill'],
  vendorcredit: ['vendorbill'],
};

export const isSettlement = (type: string): boolean => SETTLES[type] !== undefined;

/** Documents of an entity of these types, through the index on `entity`. */
export function documentsOf(account: Account, entity: string, types: string[], field = 'entity'): RecordData[] {
  account.store.ensureIndex('transaction', field);
  const statement = account.store.db.prepare<[string, string]>(
    `SELECT id FROM record WHERE type = ? AND json_extract(data, '$.fields.${field}') = ? ORDER BY id`,
  );
  return types.flatMap((type) =>
    (statement.all(type, entity) as { id: number }[]).map((row) => account.store.get(type, String(row.id))!),
  );
}

export const openAmount = (record: RecordData): number =>
  number(record.fields.amountremaining ?? record.fields.unapplied ?? record.fields.total);

/** The `apply` sublist of a new settlement: the entity's open documents, the given one ticked with what it still owes. */
export function listOpenDocuments(account: Account, type: string, entity: string, ticked: string | null): LineData[] {
  return documentsOf(account, entity, SETTLES[type] ?? [])
    .filter((record) => openAmount(record) > 0)
    .map((record) => {
      const apply = record.id === ticked;
      const fields: LineData['fields'] = {
        doc: record.id,
        internalid: record.id,
        apply,
        type: account.registry.type(record.type)?.label ?? record.type,
        refnum: record.fields.tranid ?? null,
        total: record.fields.total ?? null,
        due: openAmount(record),
        duedate: record.fields.duedate ?? null,
        applydate: record.fields.trandate ?? null,
        currency: record.fields.currency ?? null,
      };
      if (apply) fields.amount = openAmount(record);
      return { fields };
    });
}
