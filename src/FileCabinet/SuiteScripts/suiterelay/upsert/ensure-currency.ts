import { textOf } from './normalise';
import { fail } from './operation-failure';
import type { ResolvedOperation } from './resolved-operation';
import { assertInTime, type WriteContext } from './write-context';

interface ForeignCurrency {
  customerId: string;
  currencyId: string;
}

/** The currency of a transaction, when it is another than its customer's primary one; null when nothing has to be looked at. */
export function foreignCurrency(resolved: ResolvedOperation, context: WriteContext): ForeignCurrency | null {
  const read = (field: string): string =>
    textOf(resolved.body.find((wanted) => wanted.field === field && wanted.kind === 'plain')?.value);
  const [customerId, currencyId] = [read('entity'), read('currency')];
  if (customerId === '' || currencyId === '') return null;
  const primary = context.book.currencyOf(customerId);
  return primary === undefined || primary === currencyId ? null : { customerId, currencyId };
}

/**
 * NetSuite refuses a transaction in a currency that its customer lacks. Before the transaction is begun, the currency is added to the
 * customer where the flow allows it; else a person decides.
 */
export function ensureCurrency(resolved: ResolvedOperation, context: WriteContext): void {
  const foreign = foreignCurrency(resolved, context);
  if (foreign === null) return;
  assertInTime(context);
  const customer = context.tools.records.load('customer', foreign.customerId);
  const sublistId = 'currency';
  const count = customer.getLineCount({ sublistId });
  for (let line = 0; line < count; line += 1) {
    if (textOf(customer.getSublistValue({ sublistId, fieldId: 'currency', line })) === foreign.currencyId) return;
  }
  if (resolved.operation.addCurrency !== true) {
    throw fail(
      'CURRENCY_NOT_ON_CUSTOMER',
      `currency: customer ${foreign.customerId} is not set up for currency ${foreign.currencyId}; add it to the customer or let the flow add it`,
      { field: 'currency', review: true },
    );
  }
  customer.insertLine({ sublistId, line: count });
  customer.setSublistValue({ sublistId, fieldId: 'currency', line: count, value: foreign.currencyId });
  assertInTime(context);
  customer.save();
  resolved.warnings.push({
    code: 'CURRENCY_ADDED',
    message: `currency ${foreign.currencyId} was added to customer ${foreign.customerId}`,
    field: 'currency',
  });
}
