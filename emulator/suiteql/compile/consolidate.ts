import { invalidValue, unsupported } from '../syntax/errors';
import { asNumber, asText } from './coerce';
import type { Sql } from './sql';

/** Tables whose rows belong to a transaction, and so to a subsidiary. */
const OF_TRANSACTION = new Set(['transaction', 'transactionline', 'transactionaccountingline']);

const field = (row: string, name: string): string => `json_extract(${row}.data, '$.fields.${name}')`;
const ofTransaction = (alias: string, name: string): string =>
  `(SELECT ${field('p', name)} FROM record p WHERE p.grp = 'transaction' AND p.type = ${alias}.type AND p.id = ${alias}.id)`;
const subsidiaryOf = (alias: string): string => `COALESCE(${ofTransaction(alias, 'subsidiary')}, '1')`;
const baseCurrency = (subsidiary: string): string =>
  `COALESCE((SELECT ${field('s', 'currency')} FROM record s WHERE s.type = 'subsidiary' AND s.id = CAST(${subsidiary} AS INTEGER)), '1')`;

const literal = (value: Sql | undefined, name: string): string => {
  if (typeof value?.literal !== 'string' && typeof value?.literal !== 'number')
    throw unsupported(`BUILTIN.CONSOLIDATE with a computed ${name}`);
  return String(value.literal).toUpperCase();
};

const RATES: Record<string, string> = { CURRENT: 'currentrate', AVERAGE: 'averagerate', HISTORICAL: 'historicalrate' };

/** The account's general rate type, or the one its type starts with: income and expenses average, equity historical, the rest current. */
function rateByAccount(amount: Sql, view: string): string {
  if (view === 'INCOME') return "'AVERAGE'";
  if (amount.row?.table !== 'transactionaccountingline') return "'CURRENT'";
  const id = `CAST(${field(amount.row.alias, 'account')} AS INTEGER)`;
  return (
    `(SELECT COALESCE(${field('a', 'generalratetype')}, CASE WHEN ${field('a', 'accttype')} IN ('Income', 'Expense', 'COGS', 'OthIncome', 'OthExpense') THEN 'AVERAGE' ` +
    `WHEN ${field('a', 'accttype')} = 'Equity' THEN 'HISTORICAL' ELSE 'CURRENT' END) FROM record a WHERE a.type = 'account' AND a.id = ${id})`
  );
}

/**
 * BUILTIN.CONSOLIDATE (page article_1029114527): the amount in the base currency of the target subsidiary, at the consolidated exchange rate of
 * the period. Between subsidiaries with one currency that is the amount itself; a rate that the account does not have is an error, never 1.
 */
export function consolidate(args: Sql[]): Sql {
  const [amount, view, consolidation, subsidiaryRate, target, period, book] = args;
  if (!amount || !view || !target || !period || args.length < 7)
    throw invalidValue('BUILTIN.CONSOLIDATE needs 7 arguments');
  if (!amount.row || !OF_TRANSACTION.has(amount.row.table))
    throw unsupported('BUILTIN.CONSOLIDATE of anything but a column of a transaction');
  const wanted = literal(view, 'view type');
  if (wanted !== 'LEDGER' && wanted !== 'INCOME') throw invalidValue(`BUILTIN.CONSOLIDATE with view type '${wanted}'`);
  if (literal(consolidation, 'consolidation rate type') === 'BUDGET')
    throw unsupported("BUILTIN.CONSOLIDATE with rate type 'BUDGET'");
  if (!['DEFAULT', '1'].includes(literal(book, 'book'))) throw unsupported('BUILTIN.CONSOLIDATE with another book');
  const kind = literal(subsidiaryRate, 'subsidiary rate type');
  if (kind !== 'DEFAULT' && !RATES[kind]) throw invalidValue(`BUILTIN.CONSOLIDATE with rate type '${kind}'`);
  const rateType = kind === 'DEFAULT' ? rateByAccount(amount, wanted) : `'${kind}'`;
  const from = subsidiaryOf(amount.row.alias);
  const to = asText(target);
  const within = asText(period);
  const arms = Object.entries(RATES).map(([name, column]) => `WHEN '${name}' THEN ${field('c', column)}`);
  const rate =
    `CASE WHEN ${baseCurrency(from)} = ${baseCurrency(to)} THEN 1 ELSE COALESCE((SELECT CASE ${rateType} ${arms.join(' ')} END FROM record c ` +
    `WHERE c.type = 'consolidatedexchangerate' AND ${field('c', 'fromsubsidiary')} = ${from} AND ${field('c', 'tosubsidiary')} = ${to} ` +
    `AND ${field('c', 'postingperiod')} = ${within} LIMIT 1), ora_norate(${from}, ${to}, COALESCE(${within}, 'none'))) END`;
  return {
    sql: `ora_round(${asNumber(amount)} * ${rate}, 8)`,
    type: 'number',
    constant: false,
    currency: baseCurrency(to),
  };
}

/** BUILTIN.CURRENCY (page article_1029114544): the code of the currency that an amount is in. */
export function currencyOf(amount: Sql): Sql {
  const { row } = amount;
  const transaction = row && OF_TRANSACTION.has(row.table);
  if (!amount.currency && !transaction)
    throw unsupported('BUILTIN.CURRENCY of anything but an amount of a transaction');
  const id =
    amount.currency ??
    (row!.column.includes('foreign') ? ofTransaction(row!.alias, 'currency') : baseCurrency(subsidiaryOf(row!.alias)));
  return {
    sql: `(SELECT ${field('k', 'symbol')} FROM record k WHERE k.type = 'currency' AND k.id = CAST(${id} AS INTEGER))`,
    type: 'text',
    constant: false,
  };
}
