import type { Account, Execution, Fields, LineData, RecordData } from '../kernel/types';
import { today } from './clock-day';
import { newRecord } from './default-fields';
import { requireType } from './find-record';
import { add, number } from './money';
import { openAmount } from './open-documents';
import { recountBalance, settleApplied, settleDocument } from './settle-documents';
import { noteMade, storeMade } from './store-made';

/** What of a credit memo or deposit goes to one document. */
interface Share {
  list: string;
  credit: string;
  line: LineData;
  amount: number;
}

const SOURCES = ['credit', 'deposit'];
const ticked = (record: RecordData, list: string): LineData[] =>
  (record.sublists[list] ?? []).filter(({ fields }) => fields.apply === true);

/** Credits go to the ticked documents from the top; what is left of each is paid with money. */
function shareOut(record: RecordData): Share[] {
  const left = ticked(record, 'apply').map((line) => ({ line, amount: number(line.fields.amount) }));
  return SOURCES.flatMap((list) =>
    ticked(record, list).flatMap(({ fields }): Share[] => {
      let open = number(fields.amount);
      return left.flatMap((target) => {
        const amount = Math.min(open, target.amount);
        if (amount <= 0) return [];
        open = add([open, -amount]);
        target.amount = add([target.amount, -amount]);
        target.line.fields.amount = target.amount;
        if (target.amount === 0) target.line.fields.apply = false;
        return [{ list, credit: String(fields.doc), line: structuredClone(target.line), amount }];
      });
    }),
  );
}

const appliedLine = ({ line, amount }: Share): LineData => ({
  fields: { ...line.fields, apply: true, disc: null, amount },
});

function extendCredit(account: Account, execution: Execution, id: string, shares: Share[]): void {
  const credit = account.store.get('creditmemo', id);
  if (!credit) return;
  const old = structuredClone(credit);
  const lines = (credit.sublists.apply ??= []);
  for (const share of shares) {
    const known = lines.find(({ fields }) => fields.doc === share.line.fields.doc);
    if (known) known.fields.amount = add([number(known.fields.amount), share.amount]);
    else lines.push(appliedLine(share));
  }
  account.store.put(credit);
  settleDocument(account, credit, old);
  settleApplied(account, credit, old);
  noteMade(account, execution, 'update', credit);
}

const TAKEN = ['customer', 'subsidiary', 'currency', 'exchangerate', 'trandate', 'postingperiod', 'aracct'];

/** A deposit that a payment uses is applied by a deposit application of its own (page section_N3194216). */
function applyDeposit(account: Account, execution: Execution, payment: RecordData, id: string, shares: Share[]): void {
  const deposit = account.store.get('customerdeposit', id);
  if (!deposit) return;
  const meta = requireType(account, 'depositapplication');
  const made = newRecord(account, execution, meta);
  const taken: Fields = {};
  for (const field of TAKEN)
    if (meta.fields[field] && payment.fields[field] !== undefined) taken[field] = payment.fields[field];
  Object.assign(made.fields, taken, {
    deposit: id,
    depositdate: deposit.fields.trandate ?? null,
    total: openAmount(deposit),
  });
  made.sublists.apply = shares.map(appliedLine);
  storeMade(account, execution, made);
}

const NOTHING = (): void => undefined;

/**
 * Credit memos and deposits that a payment ticks settle the documents themselves: the payment keeps what it pays with money. Takes them off the payment and
 * answers what is to be done once it is stored.
 */
export function useCredits(account: Account, execution: Execution, record: RecordData): (payment: RecordData) => void {
  if (record.type !== 'customerpayment' || SOURCES.every((list) => ticked(record, list).length === 0)) return NOTHING;
  const shares = shareOut(record);
  record.sublists.apply = ticked(record, 'apply');
  for (const list of SOURCES) delete record.sublists[list];
  record.fields.applied = add(record.sublists.apply.map(({ fields }) => number(fields.amount)));
  record.fields.unapplied = add([number(record.fields.payment), -record.fields.applied]);
  return (payment) => {
    for (const credit of new Set(shares.map((share) => share.credit))) {
      const own = shares.filter((share) => share.credit === credit);
      if (own[0]!.list === 'credit') extendCredit(account, execution, credit, own);
      else applyDeposit(account, execution, payment, credit, own);
    }
    recountBalance(account, payment, today(account));
  };
}
