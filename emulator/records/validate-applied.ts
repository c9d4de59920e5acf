import type { LineData, RecordData } from '../kernel/types';
import { userError } from './faults';
import { findReference } from './find-record';
import { add, number } from './money';
import { isSettlement, openAmount } from './open-documents';
import { isCredit } from './source-apply';
import type { Validation } from './validation';

const sum = (given: Map<string, number>): number => add([...given.values()]);

const docOf = ({ fields }: LineData): string => String(fields.doc ?? fields.internalid ?? '');

/** What the ticked lines give to each document. */
function givenByDocument(record: RecordData | undefined): Map<string, number> {
  const given = new Map<string, number>();
  for (const line of record?.sublists.apply ?? []) {
    if (line.fields.apply !== true) continue;
    const { amount, disc } = line.fields;
    given.set(docOf(line), add([given.get(docOf(line)) ?? 0, number(amount), number(disc)]));
  }
  return given;
}

/** A document is settled with no more than it has open, and with no more than a payment and its credits hold (page section_N1288824). */
export function validateApplied({ account, meta, record, old }: Validation): void {
  if (!isSettlement(meta.id)) return;
  const [given, before] = [givenByDocument(record), givenByDocument(old)];
  for (const [index, line] of (record.sublists.apply ?? []).entries()) {
    if (line.fields.apply !== true) continue;
    const change = add([number(given.get(docOf(line))), -number(before.get(docOf(line)))]);
    const document = change > 0 ? findReference(account, 'transaction', docOf(line)) : undefined;
    if (!document || change <= openAmount(document)) continue;
    throw userError(`Line ${index + 1} of the apply list gives more than the ${openAmount(document)} that is open.`);
  }
  if (meta.id === 'customerpayment' && number(record.fields.unapplied) < Math.min(0, number(old?.fields.unapplied)))
    throw userError('The applied amounts are more than the payment and its credits.');
  const excess = (one: RecordData, applied: Map<string, number>): number =>
    add([sum(applied), -number(one.fields.total)]);
  if (isCredit(record) && excess(record, given) > Math.max(0, old ? excess(old, before) : 0))
    throw userError('The applied amounts are more than the credit.');
}
