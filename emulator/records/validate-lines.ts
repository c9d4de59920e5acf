import type { LineData, RecordData } from '../kernel/types';
import { invalidReference, mandatory, userError } from './faults';
import { findReference } from './find-record';
import { requireAssignments } from './move-numbers';
import { number } from './money';
import { recordOptions } from './options';
import { checkLocation } from './validate-references';
import type { Validation } from './validation';

const SALES = new Set([
  'salesorder',
  'estimate',
  'opportunity',
  'invoice',
  'cashsale',
  'creditmemo',
  'cashrefund',
  'returnauthorization',
]);
const POSITIVE = new Set([
  'salesorder',
  'purchaseorder',
  'itemfulfillment',
  'itemreceipt',
  'transferorder',
  'returnauthorization',
]);

/** What a form refuses about the lines of a transaction. */
export function validateLines(validation: Validation): void {
  const { meta, record } = validation;
  if (meta.group !== 'transaction') return;
  for (const line of record.sublists.item ?? []) checkItemLine(validation, line);
  requireAssignments(validation.account, record);
  if (/journalentry$/.test(meta.id)) checkJournal(validation);
  if (SALES.has(meta.id) && number(record.fields.total) < 0) throw userError('The total can not be negative.');
}

function checkItemLine({ account, meta, record, old }: Validation, line: LineData): void {
  const { item, quantity } = line.fields;
  if (typeof item !== 'string' || item === '') throw mandatory([meta.sublists.item?.fields.item?.label ?? 'Item']);
  const options = recordOptions(account);
  if (options.refuseNegativeQuantity && POSITIVE.has(meta.id) && number(quantity) < 0) {
    throw userError('Please enter a quantity greater than or equal to 0.');
  }
  const isNew = !(old?.sublists.item ?? []).some((before) => before.fields.lineuniquekey === line.fields.lineuniquekey);
  if (!isNew || item === '0') return;
  const row = findReference(account, 'item', item);
  if (options.refuseInactiveItems && row?.fields.isinactive === true) throw invalidReference('item', item);
  checkItemSubsidiary(account.feature('SUBSIDIARIES'), record, row, item);
  if (SALES.has(meta.id)) checkLocation(account, record.fields.subsidiary, line.fields.location);
}

function checkItemSubsidiary(applies: boolean, record: RecordData, item: RecordData | undefined, id: string): void {
  const subsidiary = record.fields.subsidiary;
  const allowed = item?.fields.subsidiary;
  if (!applies || typeof subsidiary !== 'string' || !Array.isArray(allowed) || allowed.length === 0) return;
  if (allowed.includes(subsidiary) || item?.fields.includechildren === true) return;
  throw invalidReference('item', id, ` for subsidiary ${subsidiary}`);
}

/** Each line of a journal names an account and either a debit or a credit; the journal balances. */
function checkJournal({ meta, record }: Validation): void {
  const lines = record.sublists.line ?? [];
  for (const { fields } of lines) {
    if (fields.account === undefined || fields.account === null || fields.account === '')
      throw mandatory([meta.sublists.line?.fields.account?.label ?? 'Account']);
    if (number(fields.debit) !== 0 && number(fields.credit) !== 0)
      throw userError('Please enter a value in either the debit or the credit column of a line, not in both.');
  }
  const cents = new Map<string, number>();
  for (const { fields } of lines) {
    // Between companies each of them has to balance.
    const company = /intercompany/.test(meta.id) ? String(fields.linesubsidiary ?? '') : '';
    const change = Math.round(number(fields.debit) * 100) - Math.round(number(fields.credit) * 100);
    cents.set(company, (cents.get(company) ?? 0) + change);
  }
  if ([...cents.values()].some((sum) => sum !== 0))
    throw userError('Please make the journal entry balance. Debits and credits must be equal.');
}
