import { textOf } from './normalise';
import { fail } from './operation-failure';
import type { EditableRecord } from './ports';
import type { ResolvedOperation } from './resolved-operation';
import { assertInTime, type WriteContext } from './write-context';

interface CustomerCheck {
  customerId: string;
  /** Currency that is not the customer's primary one; null when it is, or none is given. */
  currencyId: string | null;
  /** Subsidiary that the transaction names; null when it is sourced from the customer. */
  subsidiaryId: string | null;
}

/** What has to be looked up on a transaction's customer before it is begun; null when nothing has. */
export function customerCheck(resolved: ResolvedOperation, context: WriteContext): CustomerCheck | null {
  const read = (field: string): string =>
    textOf(resolved.body.find((wanted) => wanted.field === field && wanted.kind === 'plain')?.value);
  const customerId = read('entity');
  const primary = context.book.currencyOf(customerId);
  if (customerId === '') return null;
  const [currency, subsidiary] = [read('currency'), read('subsidiary')];
  const isForeign = currency !== '' && primary !== undefined && primary !== currency;
  const currencyId = isForeign && !context.found.hasCurrency(customerId, currency) ? currency : null;
  // What the prefetch knows of the customer's subsidiaries is judged already.
  const known = (context.found.subsidiaries.of('customer', customerId)?.subsidiaries.size ?? 0) > 0;
  const subsidiaryId = subsidiary !== '' && !known && context.tools.feature('SUBSIDIARIES') ? subsidiary : null;
  return currencyId === null && subsidiaryId === null ? null : { customerId, currencyId, subsidiaryId };
}

/**
 * NetSuite refuses a transaction in a currency or subsidiary that its customer lacks, after 30 units. Before the transaction is begun,
 * the currency is added to the customer where the flow allows it; else a person decides.
 */
export function ensureCustomerFits(resolved: ResolvedOperation, context: WriteContext): void {
  const check = customerCheck(resolved, context);
  if (check === null) return;
  assertInTime(context);
  const customer = context.tools.records.load('customer', check.customerId);
  if (check.subsidiaryId !== null) assertSubsidiary(customer, check.customerId, check.subsidiaryId);
  if (check.currencyId !== null) ensureCurrency(customer, check.customerId, check.currencyId, resolved, context);
}

const lineValues = (customer: EditableRecord, sublistId: string, fieldId: string): string[] =>
  Array.from({ length: Math.max(0, customer.getLineCount({ sublistId })) }, (_, line) =>
    textOf(customer.getSublistValue({ sublistId, fieldId, line })),
  );

function assertSubsidiary(customer: EditableRecord, customerId: string, subsidiaryId: string): void {
  const own = textOf(customer.getValue({ fieldId: 'subsidiary' }));
  // Further subsidiaries of a multi-subsidiary customer stand in the sublist `submachine`.
  if ([own, ...lineValues(customer, 'submachine', 'subsidiary')].includes(subsidiaryId)) return;
  throw fail(
    'SUBSIDIARY_MISMATCH',
    `subsidiary: customer ${customerId} belongs to subsidiary ${own}, not to ${subsidiaryId}; correct the mapping or give the customer that subsidiary`,
    { field: 'subsidiary' },
  );
}

function ensureCurrency(
  customer: EditableRecord,
  customerId: string,
  currencyId: string,
  resolved: ResolvedOperation,
  context: WriteContext,
): void {
  const sublistId = 'currency';
  const known = lineValues(customer, sublistId, 'currency');
  if (known.includes(currencyId)) {
    context.found.addCurrency(customerId, currencyId);
    return;
  }
  if (resolved.operation.addCurrency !== true) {
    throw fail(
      'CURRENCY_NOT_ON_CUSTOMER',
      `currency: customer ${customerId} is not set up for currency ${currencyId}; add it to the customer or let the flow add it`,
      { field: 'currency', review: true },
    );
  }
  customer.insertLine({ sublistId, line: known.length });
  customer.setSublistValue({ sublistId, fieldId: 'currency', line: known.length, value: currencyId });
  assertInTime(context);
  customer.save();
  context.found.addCurrency(customerId, currencyId);
  resolved.warnings.push({
    code: 'CURRENCY_ADDED',
    message: `currency ${currencyId} was added to customer ${customerId}`,
    field: 'currency',
  });
}
