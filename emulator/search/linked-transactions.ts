import { extract } from '../suiteql/catalog/column';
import { givenOr } from '../suiteql/catalog/uncomputed';
import { SETTLING } from '../suiteql/catalog/settling-lines';
import { typeList } from '../suiteql/catalog/table';
import { computed } from './fields';
import type { SearchField } from './field-type';
import type { JoinFrom, JoinPlan } from './joins';
import { searchBase } from './search-type';

/** Joins from a transaction to those it came from, settles, was made into or is settled by; searches have columns and filters of the same names. */
export const LINKS = new Set([
  'applyingtransaction',
  'appliedtotransaction',
  'payingtransaction',
  'paidtransaction',
  'fulfillingtransaction',
  'billingtransaction',
]);

const KINDS: Record<string, string> = {
  fulfillingtransaction: "('itemfulfillment', 'itemreceipt')",
  billingtransaction: "('invoice', 'cashsale', 'vendorbill')",
};

const BY_SOURCE = { type: 'transaction', field: 'createdfrom' };
const BY_DOCUMENT = { type: 'transaction', field: 'doc', sublist: 'apply' };

const ticked = (line: string): string =>
  `${line}.sublist = 'apply' AND ${extract(`${line}.data`, 'apply')} IN (1, 'T')`;

/** Ids of transactions made from this one. */
const madeFrom = (alias: string): string =>
  `SELECT m.id FROM record m WHERE m.grp = 'transaction' AND ${extract('m.data', 'createdfrom')} = '' || ${alias}.id`;
/** Ids of payments and credits that are applied to this one. */
const settledBy = (alias: string): string =>
  `SELECT f.id FROM line f WHERE ${ticked('f')} AND ${extract('f.data', 'doc')} = '' || ${alias}.id`;
/** Ids of the documents that this one is applied to. Where lines of a payment are rows, each has its own document and the main line none. */
const settles = (alias: string, line: string | null): string =>
  `SELECT CAST(${extract('f.data', 'doc')} AS INTEGER) FROM line f WHERE f.type = ${alias}.type AND f.id = ${alias}.id AND ${ticked('f')}` +
  (line === null
    ? ''
    : ` AND (NOT ${typeList('f.type', SETTLING)} OR (f.sublist = ${line}.sublist AND f.seq = ${line}.seq))`);
const source = (alias: string): string => `SELECT CAST(${extract(`${alias}.data`, 'createdfrom')} AS INTEGER)`;

export function linkedTransactions({ registry, alias, line }: JoinFrom, name: string): JoinPlan | undefined {
  if (!LINKS.has(name)) return undefined;
  const base = searchBase(registry, 'transaction');
  const plan = (ids: string, ...indexes: NonNullable<JoinPlan['indexes']>): JoinPlan => {
    const kind = KINDS[name];
    return { base, indexes, on: (other) => `${other}.id IN (${ids})${kind ? ` AND ${other}.type IN ${kind}` : ''}` };
  };
  switch (name) {
    case 'applyingtransaction':
      return plan(`${madeFrom(alias)} UNION ${settledBy(alias)}`, BY_SOURCE, BY_DOCUMENT);
    case 'payingtransaction':
      return plan(settledBy(alias), BY_DOCUMENT);
    case 'appliedtotransaction':
      return plan(`${source(alias)} UNION ${settles(alias, line)}`);
    case 'paidtransaction':
      return plan(settles(alias, line));
    default:
      return plan(madeFrom(alias), BY_SOURCE);
  }
}

/** Columns with what one document takes of another: the link, which of the two has the line, and whether in base currency. */
const AMOUNTS: Record<string, { link: string; theirs: boolean; base: boolean }> = {
  applyinglinkamount: { link: 'applyingtransaction', theirs: true, base: true },
  applyingforeignamount: { link: 'applyingtransaction', theirs: true, base: false },
  appliedtolinkamount: { link: 'appliedtotransaction', theirs: false, base: true },
  appliedtoforeignamount: { link: 'appliedtotransaction', theirs: false, base: false },
};

/** The link whose amount such a column shows; undefined for any other name. */
export const linkOfAmount = (name: string): string | undefined =>
  Object.hasOwn(AMOUNTS, name) ? AMOUNTS[name]?.link : undefined;

/** What is applied between this document and the linked one. Between an order and what was made of it an account works the amount out otherwise. */
export function linkAmount(name: string, body: string, other: string): SearchField | undefined {
  const found = AMOUNTS[name];
  if (!found) return undefined;
  const [payer, paid] = found.theirs ? [other, body] : [body, other];
  const applied =
    `(SELECT SUM(${extract('f.data', 'amount')}) FROM line f WHERE f.type = ${payer}.type AND f.id = ${payer}.id AND ${ticked('f')} ` +
    `AND ${extract('f.data', 'doc')} = '' || ${paid}.id)`;
  const rate = found.base ? ` * COALESCE(${extract(`${payer}.data`, 'exchangerate')}, 1)` : '';
  const known = `ora_round(${applied}${rate}, 2)`;
  return computed(
    `CASE WHEN ${other}.id IS NOT NULL THEN ${givenOr(known, 'transaction', name, `${body}.id`)} END`,
    'currency',
  );
}
