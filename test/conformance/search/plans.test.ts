import { compileSearch } from '../../../emulator/search/compile-search';
import { parseFilters } from '../../../emulator/search/filter-expression';
import { execution } from '../suiteql/account';
import { account, column, search } from './searched-account';

/** Steps of SQLite that read every document, or every row of a type but the one searched. */
function wholes(type: string, columns: string[]): string[] {
  search(type, [], columns);
  const definition = { type, filters: parseFilters([]), columns: columns.map(column) };
  const { sql } = compileSearch(account, execution, definition);
  const steps = account.store.db
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all({ limit: 1, offset: 0, now: '2026-11-21 00:00:00' }) as { detail: string }[];
  return steps
    .map(({ detail }) => detail)
    .filter(
      (step) =>
        /^(SCAN|SEARCH) (?!b\b).*(SCAN|\((type|grp)=\?\))$/.test(step) ||
        /^SCAN (?!b\b|k\b|up\b|tree\b|CONSTANT)/.test(step),
    );
}

describe('searches over 20,000 transactions take no more than some seconds, because an index finds', () => {
  it.each([
    ['what a customer owes', 'customer', ['balance', 'overduebalance', 'daysoverdue']],
    ['what a hierarchy owes', 'customer', ['consolbalance', 'fxconsolunbilledorders', 'consoldepositbalance']],
    ['what was ordered and not billed', 'customer', ['unbilledorders', 'depositbalance', 'fxbalance']],
    ['the transactions of a customer', 'customer', ['transaction.tranid']],
    ['the contacts of a customer', 'customer', ['contact.email']],
    ['what was applied to a document', 'invoice', ['applyingtransaction', 'applyinglinkamount']],
    ['what a document is applied to', 'customerpayment', ['appliedtotransaction', 'appliedtolinkamount']],
    ['custom records that point at a record', 'customer', ['custrecord_customer.name']],
  ])('%s', (_, type, columns) => {
    expect(wholes(type, columns)).toEqual([]);
  });
});
