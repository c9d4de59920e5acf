import { lineLocation, lineQuantity } from '../suiteql/catalog/transaction-line';
import { rawField } from './fields';
import { type Make, own, perRow } from './transaction-rows';

/** How much of what goes where: columns of lines, and the tracking numbers of a shipment's packages. */
export const GOODS: Record<string, Make> = {
  quantity: (context) =>
    rawField(
      perRow(context, lineQuantity, () => 'NULL'),
      'float',
    ),
  location: (context) =>
    rawField(
      perRow(context, lineLocation, (body) => own(body, 'location')),
      'select',
      'location',
    ),
  // Several numbers are shown one a line.
  trackingnumbers: ({ body }) =>
    rawField(
      `COALESCE(${own(body, 'trackingnumbers')}, (SELECT group_concat(${own('p', 'packagetrackingnumber')}, '<BR>') FROM line p ` +
        `WHERE p.type = ${body}.type AND p.id = ${body}.id AND p.sublist = 'package'))`,
      'text',
    ),
};
