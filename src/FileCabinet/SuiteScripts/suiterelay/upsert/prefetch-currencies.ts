import type { Operation } from '../../../../../contract/operation';
import type { FoundRecords } from './found-records';
import { customerConditions, namedIds } from './prefetch-subsidiaries';
import type { ReferenceNeed } from './reference-book';
import { asText, isOneOf, type Branch } from './sql-branches';

/**
 * Further currencies that the batch's customers have used: a transaction in a currency proves that the customer has it, and then it need
 * not be loaded to find out. Part of the one query, so for no units; null where no operation names a currency.
 */
export function currencyBranch(
  operations: readonly Operation[],
  needs: readonly ReferenceNeed[],
  found: FoundRecords,
): Branch | null {
  if (!operations.some(({ fields }) => fields['currency'] !== undefined)) return null;
  const wanted = customerConditions(needs, namedIds(operations, 'customer'));
  if (wanted.length === 0) return null;
  const either = wanted.map(({ column, values }) => isOneOf(column, values.length)).join(' OR ');
  return {
    mark: 'C',
    columns: [
      { name: 'customer', sql: asText('t.entity') },
      { name: 'currency', sql: asText('t.currency') },
    ],
    from: 'customer x INNER JOIN transaction t ON t.entity = x.id',
    where: `(${either}) AND t.currency <> x.currency GROUP BY ${asText('t.entity')}, ${asText('t.currency')}`,
    params: wanted.flatMap(({ values }) => values),
    essential: ['customer', 'currency'],
    read: (row) => found.addCurrency(row.get('customer') ?? '', row.get('currency') ?? ''),
    dropped: () => undefined,
    // Without it the customer is loaded.
    unavailable: () => undefined,
  };
}
