import type { Account, Fields, LineData, RecordData, TypeMeta, Value } from '../kernel/types';
import { add, number } from './money';
import { isSettlement, listOpenDocuments, settlementLists } from './open-documents';
import { isTouched } from './touched';

const WHO: Record<string, string> = {
  customerpayment: 'customer',
  depositapplication: 'customer',
  customerrefund: 'customer',
};
const whoField = (type: string): string => WHO[type] ?? 'entity';

const docOf = (line: LineData): string => String(line.fields.doc ?? line.fields.internalid ?? '');

const isIn = (currency: Value | undefined, fields: Fields): boolean =>
  !currency || !fields.currency || fields.currency === currency;

/** Offers what the customer or vendor owes in the currency of the record; lines that are already there stay as they are. */
export function offerOpenDocuments(account: Account, meta: TypeMeta, record: RecordData): void {
  if (!isSettlement(meta.id)) return;
  const entity = record.fields[whoField(meta.id)];
  if (typeof entity !== 'string') return;
  const { currency } = record.fields;
  for (const list of settlementLists(meta.id)) {
    const lines = (record.sublists[list] ?? []).filter(({ fields }) => fields.apply === true || isIn(currency, fields));
    const known = new Set(lines.map(docOf));
    const open = listOpenDocuments(account, meta.id, list, entity, null, currency);
    record.sublists[list] = [...lines, ...open.filter((line) => !known.has(docOf(line)))];
  }
}

/** A new payment whose amount the script has said; until then it is what its ticked lines come to. */
const hasGivenPayment = (record: RecordData): boolean =>
  record.type === 'customerpayment' && record.id === null && isTouched(record, 'payment');

/** The amount of a new payment that nobody gave moves with its lines; where no line was changed since it was worked out or given, it stays. */
const followsItsLines = (record: RecordData): boolean =>
  record.type === 'customerpayment' &&
  record.id === null &&
  !hasGivenPayment(record) &&
  ['apply', 'credit', 'deposit'].some((id) => (record.sublists[id] ?? []).some((line) => line.touched?.length));

/**
 * A ticked line without an amount takes what is due, and no more than a given payment leaves for it; an amount ticks its line; `autoapply` spreads
 * the payment over the oldest first.
 */
export function sourceApplyLines(meta: TypeMeta, record: RecordData): void {
  if (!isSettlement(meta.id)) return;
  if (followsItsLines(record)) record.fields.payment = null;
  for (const list of settlementLists(meta.id))
    for (const line of record.sublists[list] ?? []) sourceApplyLine(record, line, list);
  if (record.fields.autoapply === true) spread(record);
}

/** One line, also while it is being edited in dynamic mode and is not yet part of the record. */
export function sourceApplyLine(record: RecordData, line: LineData, list: string): void {
  if (isTouched(line, 'amount') && !isTouched(line, 'apply')) line.fields.apply = number(line.fields.amount) > 0;
  if (list === 'apply') takeDiscount(record, line);
  const { apply, amount } = line.fields;
  const follows = (hasGivenPayment(record) || isTouched(line, 'disc')) && !isTouched(line, 'amount');
  const isOpen = amount === undefined || amount === null || follows;
  if (apply === true && isOpen)
    line.fields.amount = Math.min(
      add([number(line.fields.due), -number(line.fields.disc)]),
      leftOfDeposit(record, line),
      list === 'apply' ? leftOfPayment(record, line) : Infinity,
    );
  if (line.fields.apply !== true) line.fields.amount = null;
}

/** Who pays in time takes the discount of the terms, unless the script says how much. */
function takeDiscount(record: RecordData, line: LineData): void {
  const { apply, discamt, discdate } = line.fields;
  if (!isTouched(line, 'apply') || isTouched(line, 'disc') || discamt === undefined) return;
  const inTime = String(record.fields.trandate ?? '') <= String(discdate);
  if (apply !== true) line.fields.disc = null;
  else if (inTime && !isTouched(line, 'amount')) line.fields.disc = discamt;
}

/** An application of a deposit gives no more than the deposit still holds. */
function leftOfDeposit(record: RecordData, line: LineData): number {
  if (record.type !== 'depositapplication') return Infinity;
  const others = (record.sublists.apply ?? []).filter((each) => docOf(each) !== docOf(line));
  return Math.max(0, add([number(record.fields.total), -add(others.map(({ fields }) => number(fields.amount)))]));
}

/** What a given payment and the ticked credits leave for a line: lines above it come first, and so do amounts that were given. */
function leftOfPayment(record: RecordData, line: LineData): number {
  if (!hasGivenPayment(record)) return Infinity;
  const lines = record.sublists.apply ?? [];
  const at = lines.findIndex((each) => docOf(each) === docOf(line));
  const before = lines.filter(
    (each, index) => index !== at && each.fields.apply === true && (index < at || isTouched(each, 'amount')),
  );
  const credits = ['credit', 'deposit']
    .flatMap((list) => record.sublists[list] ?? [])
    .filter(({ fields }) => fields.apply === true);
  const sum = (all: LineData[]): number => add(all.map(({ fields }) => number(fields.amount)));
  return Math.max(0, add([number(record.fields.payment), sum(credits), -sum(before)]));
}

function spread(record: RecordData): void {
  const lines = record.sublists.apply ?? [];
  let left = add([number(record.fields.payment), -add(lines.map((line) => number(line.fields.amount)))]);
  for (const line of lines) {
    if (line.fields.apply === true || left <= 0) continue;
    const amount = Math.min(left, number(line.fields.due));
    Object.assign(line.fields, { apply: true, amount });
    left = add([left, -amount]);
  }
}

/** Documents whose own lines say what they hold for others. */
export const isCredit = ({ type }: RecordData): boolean => type === 'creditmemo' || type === 'vendorcredit';

/**
 * A credit gives its documents no more than it comes to: of an invoice that is credited in part the rest stays open. Amounts that a script has given
 * come first; more than the credit of them is refused (validate-applied.ts).
 */
export function limitCredits(record: RecordData): void {
  if (!isCredit(record)) return;
  const ticked = (record.sublists.apply ?? []).filter(({ fields }) => fields.apply === true);
  const given = ticked.filter((line) => isTouched(line, 'amount'));
  let left = add([number(record.fields.total), -add(given.map(({ fields }) => number(fields.amount)))]);
  for (const { fields } of ticked.filter((line) => !given.includes(line))) {
    const most = number(record.id === null ? (fields.due ?? fields.amount) : fields.amount);
    fields.amount = Math.max(0, Math.min(most, left));
    left = add([left, -number(fields.amount)]);
  }
}

/** Only what is applied is kept; the rest is offered anew when the record is opened. */
export function keepAppliedLines(meta: TypeMeta, record: RecordData): void {
  for (const list of settlementLists(meta.id))
    if (record.sublists[list])
      record.sublists[list] = record.sublists[list].filter((line) => line.fields.apply === true);
}
