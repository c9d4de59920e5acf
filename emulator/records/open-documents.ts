import type { Account, LineData, RecordData, Value } from '../kernel/types';
import { baseCurrency } from './base-currency';
import { decimalsOf, multiply, number } from './money';
import { isUnapproved } from './order-status';

/** The lists of each kind of settlement, and which documents they offer. A payment also uses up what the customer has to its credit (page section_N3194216). */
const SETTLES: Record<string, Record<string, string[]>> = {
  customerpayment: { apply: ['invoice', 'cashrefund'], credit: ['creditmemo'], deposit: ['customerdeposit'] },
  creditmemo: { apply: ['invoice'] },
  depositapplication: { apply: ['invoice'] },
  customerrefund: { apply: ['creditmemo'], deposit: ['customerdeposit'] },
  vendorpayment: { apply: ['vendorbill'] },
  vendorcredit: { apply: ['vendorbill'] },
};

export const isSettlement = (type: string): boolean => SETTLES[type] !== undefined;
export const settlementLists = (type: string): string[] => Object.keys(SETTLES[type] ?? {});

/** Documents of an entity of a type, through the index on the field that names it. */
export function documentsOf(account: Account, entity: string, type: string): RecordData[] {
  const field = type === 'customerdeposit' ? 'customer' : 'entity';
  account.store.ensureIndex(field === 'entity' ? 'transaction' : type, field);
  const statement = account.store.db.prepare<[string, string]>(
    `SELECT id FROM record WHERE type = ? AND json_extract(data, '$.fields.${field}') = ? ORDER BY id`,
  );
  return (statement.all(type, entity) as { id: number }[]).map((row) => account.store.get(type, String(row.id))!);
}

export const openAmount = (record: RecordData): number =>
  number(record.fields.amountremaining ?? record.fields.unapplied ?? record.fields.total ?? record.fields.payment);

/** Discount that the terms of a document give to who pays it early. */
function discountOf(account: Account, { fields }: RecordData): LineData['fields'] {
  const terms = typeof fields.terms === 'string' ? account.store.get('term', fields.terms)?.fields : undefined;
  const share = number(terms?.discountpercent);
  if (share === 0 || typeof fields.trandate !== 'string') return {};
  const day = new Date(`${fields.trandate}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + number(terms?.daysuntilexpiry));
  const discamt = multiply(number(fields.total), share / 100, decimalsOf(account, fields.currency));
  return { discamt, discdate: day.toISOString().slice(0, 10) };
}

/**
 * A list of a new settlement: the entity's open documents, the given one ticked with what it still owes. Those in another currency are not offered: a
 * transaction has one exchange rate (page bridgehead_N1398658).
 */
export function listOpenDocuments(
  account: Account,
  type: string,
  list: string,
  entity: string,
  ticked: string | null,
  currency: Value | undefined,
): LineData[] {
  return (SETTLES[type]?.[list] ?? [])
    .flatMap((each) => documentsOf(account, entity, each))
    .filter((record) => record.fields.voided !== true && !isUnapproved(record) && openAmount(record) > 0)
    .filter(({ fields }) => !currency || (fields.currency ?? baseCurrency(account, fields.subsidiary)) === currency)
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
        ...(GIVES_DISCOUNT.has(type) ? discountOf(account, record) : {}),
      };
      if (apply) fields.amount = openAmount(record);
      return { fields };
    });
}

const GIVES_DISCOUNT = new Set(['customerpayment', 'vendorpayment']);
