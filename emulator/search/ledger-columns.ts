import { mainAmount } from '../suiteql/catalog/ledger-tables';
import { isSettled, settledSign } from '../suiteql/catalog/settling-lines';
import { posts } from '../suiteql/catalog/posting';
import { goodsValue } from '../suiteql/catalog/transaction-line';
import { typeCase } from '../suiteql/catalog/transaction-types';
import { computed } from './fields';
import { isCogs, type Make, own, perRow, rate, type TransactionContext } from './transaction-rows';

/** What a row posts, in base currency: debits are positive, and what does not post has none. */
export const ledgerAmount = (context: TransactionContext): string => {
  const { body } = context;
  const ledgerSign = typeCase(`${body}.type`, (entry) => String(entry.sign), '1');
  const row = perRow(
    context,
    (line) =>
      `CASE WHEN ${isCogs(line)} THEN ${own(line, 'amount')} WHEN ${isSettled(line)} THEN (${settledSign(`${body}.type`)}) * ${own(line, 'amount')} * ${rate(body)} ELSE ` +
      `COALESCE((${ledgerSign}) * COALESCE(${own(line, 'amount')}, ${own(line, 'debit')}, -${own(line, 'credit')}) * ${rate(body)}, ${goodsValue(line)}) END`,
    mainAmount,
  );
  return `CASE WHEN (${posts(body)}) THEN ora_round(${row}, 2) END`;
};
/** The amounts that a row debits (1) or credits (-1). */
export const side =
  (direction: 1 | -1): Make =>
  (context) => {
    const posted = ledgerAmount(context);
    return computed(`CASE WHEN ${String(direction)} * (${posted}) > 0 THEN abs(${posted}) END`, 'currency');
  };
