import { givenOr } from '../suiteql/catalog/uncomputed';
import { computed } from './fields';
import { type Make, own, perRow } from './transaction-rows';

/** Documents whose lines are shipped or received in parts. */
const IN_PARTS = ['salesorder', 'purchaseorder', 'transferorder', 'returnauthorization', 'vendorreturnauthorization'];

const done = (line: string): string =>
  `COALESCE(${own(line, 'quantityshiprecv')}, ${own(line, 'quantityfulfilled')}, ${own(line, 'quantityreceived')}, 0)`;

/** What is shipped was picked and packed, also where nothing but that was told of an order. */
const atLeastShipped =
  (column: string): Make =>
  (context) =>
    computed(
      perRow(
        context,
        (line) => `MAX(COALESCE(${own(line, column)}, 0), COALESCE(${own(line, 'quantityfulfilled')}, 0))`,
        () => 'NULL',
      ),
      'float',
    );

/** "Quantity Fulfilled/Received" and "Fulfilled/Received (Line Level)": whether nothing of the line is left to come. */
export const SHIPPED_OR_RECEIVED: Record<string, Make> = {
  quantitypicked: atLeastShipped('quantitypicked'),
  quantitypacked: atLeastShipped('quantitypacked'),
  quantityshiprecv: (context) =>
    computed(
      perRow(context, done, () => 'NULL'),
      'float',
    ),
  shiprecvstatusline: (context) => {
    const { type, id } = { type: `${context.body}.type`, id: `${context.body}.id` };
    const whole = (line: string): string =>
      `CASE WHEN ${type} IN (${IN_PARTS.map((one) => `'${one}'`).join(', ')}) ` +
      `THEN CASE WHEN COALESCE(${own(line, 'quantity')}, 0) <> 0 AND ${done(line)} >= ABS(${own(line, 'quantity')}) THEN 'T' ELSE 'F' END ` +
      `ELSE ${givenOr(own(line, 'shiprecvstatusline'), 'transaction', 'shiprecvstatusline', id)} END`;
    return computed(
      perRow(context, whole, () => "'F'"),
      'checkbox',
    );
  },
};
