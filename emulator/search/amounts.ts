import { lineAccount } from '../suiteql/catalog/ledger-tables';
import { goodsValue } from '../suiteql/catalog/transaction-line';
import { isSettled } from '../suiteql/catalog/settling-lines';
import { typeCase } from '../suiteql/catalog/transaction-types';
import { computed } from './fields';
import { ledgerAmount } from './ledger-columns';
import { isCogs, type Make, own, perRow, rate, type TransactionContext } from './transaction-rows';

/** Accounts that credits make larger; debits do so for all others. */
const BY_CREDIT = [
  'AcctPay',
  'CredCard',
  'OthCurrLiab',
  'LongTermLiab',
  'Equity',
  'Income',
  'OthIncome',
  'DeferRevenue',
];

/**
 * Searches show an amount as positive where it makes its account larger, debits on expenses and credits on income (section_3891485192).
 * For most documents that follows from their type; the lines of a journal entry stand on any account.
 */
const journalSign = (line: string, body: string): string =>
  `COALESCE((SELECT CASE WHEN ${own('ja', 'accttype')} IN (${BY_CREDIT.map((one) => `'${one}'`).join(', ')}) THEN -1 ELSE 1 END ` +
  `FROM record ja WHERE ja.type = 'account' AND ja.id = CAST(${lineAccount(line, body)} AS INTEGER)), 1)`;

const typeSign = (body: string): string => typeCase(`${body}.type`, (entry) => String(entry.searchSign), '1');
/** Money that a check or a payment to a vendor takes out of its bank account; what a check's lines are for grows. */
const mainSign = (body: string): string =>
  `CASE WHEN ${body}.type IN ('check', 'vendorpayment') THEN -1 ELSE ${typeSign(body)} END`;

/** In transaction currency. */
const inOwnCurrency = (context: TransactionContext): string => {
  const { body } = context;
  return perRow(
    context,
    (line) =>
      `CASE WHEN ${isCogs(line)} THEN ${own(line, 'amount')} / ${rate(body)} ` +
      // What was owed grows smaller; a refund takes a credit back.
      `WHEN ${isSettled(line)} THEN CASE ${body}.type WHEN 'customerrefund' THEN 1 ELSE -1 END * ${own(line, 'amount')} ` +
      `WHEN ${body}.type LIKE '%journalentry' THEN (${journalSign(line, body)}) * COALESCE(${own(line, 'debit')}, -${own(line, 'credit')}) ` +
      `ELSE COALESCE((${typeSign(body)}) * ${own(line, 'amount')}, ${goodsValue(line)} / ${rate(body)}) END`,
    (row) => `(${mainSign(row)}) * ${own(row, 'total')}`,
  );
};

export const fxAmount: Make = (context) => computed(inOwnCurrency(context), 'currency');
export const amount: Make = (context) =>
  computed(`ora_round((${inOwnCurrency(context)}) * ${rate(context.body)}, 2)`, 'currency');

/** Debits positive and credits negative; what does not post shows its amount. */
export const signedAmount: Make = (context) =>
  computed(
    `COALESCE(${ledgerAmount(context)}, ora_round((${inOwnCurrency(context)}) * ${rate(context.body)}, 2))`,
    'currency',
  );
