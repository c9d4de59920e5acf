import type { Account, RecordData } from '../kernel/types';
import { findReference } from './find-record';
import { add, number } from './money';

/** Approved and not yet billed or closed. */
const OPEN = 'BDEF';

/** What an order will still bill, in base currency. */
function unbilledOf(order: RecordData | undefined): number {
  if (order?.type !== 'salesorder' || !OPEN.includes(String(order.fields.orderstatus ?? 'B'))) return 0;
  const lines = (order.sublists.item ?? []).map(({ fields }) => {
    const quantity = number(fields.quantity);
    if (fields.isclosed === true) return 0;
    const left = quantity === 0 ? 1 : Math.max(0, quantity - number(fields.quantitybilled)) / quantity;
    return number(fields.amount) * left;
  });
  return add([add(lines) * number(order.fields.exchangerate ?? 1)], 2);
}

/**
 * Moves the `unbilledorders` that a customer was given by the difference that a write of an order makes. Where none was given it follows from
 * the orders when it is read, those included that were there before.
 */
export function recountUnbilled(account: Account, order: RecordData | undefined, old: RecordData | undefined): void {
  const owners = new Set([order, old].map((each) => each?.fields.entity).filter((id) => typeof id === 'string'));
  for (const id of owners) {
    const part = (each: RecordData | undefined): number => (each?.fields.entity === id ? unbilledOf(each) : 0);
    const change = add([part(order), -part(old)], 2);
    const customer = change === 0 ? undefined : findReference(account, 'entity', id);
    if (typeof customer?.fields.unbilledorders !== 'number') continue;
    const unbilledorders = Math.max(0, add([customer.fields.unbilledorders, change], 2));
    account.store.patch(customer.type, id, { unbilledorders });
  }
}
