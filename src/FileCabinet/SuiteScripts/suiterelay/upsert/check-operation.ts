import { isDenied } from '../../../../../contract/deny-list';
import type { FieldValues, Operation, Sublist } from '../../../../../contract/operation';
import { fail } from './operation-failure';

/** What can be seen to be wrong before NetSuite is asked: denied fields, quantities, line keys. */
export function checkOperation(operation: Operation): void {
  checkDenied(operation.fields, '');
  for (const [name, subrecord] of Object.entries(operation.subrecords ?? {})) checkDenied(subrecord.fields, `${name}.`);
  for (const [name, sublist] of Object.entries(operation.sublists ?? {})) checkSublist(name, sublist);
}

function checkDenied(fields: FieldValues, place: string): void {
  for (const field of Object.keys(fields)) {
    if (!isDenied(field)) continue;
    throw fail(
      'FIELD_DENIED',
      `${place}${field} is computed or owned by NetSuite and is never written; remove it from the mapping`,
      {
        field: `${place}${field}`,
      },
    );
  }
}

function checkSublist(name: string, sublist: Sublist): void {
  const seen = new Set<string>();
  for (const line of sublist.lines) {
    const place = `${name}[${line.key}]`;
    if (seen.has(line.key)) {
      throw fail('DUPLICATE_LINE_KEY', `${place}: the key occurs twice; every line needs a key of its own`, {
        field: place,
      });
    }
    seen.add(line.key);
    checkDenied(line.fields, `${place}.`);
    checkQuantity(place, line.fields);
  }
}

function checkQuantity(place: string, fields: FieldValues): void {
  const quantity = fields['quantity']?.value;
  if (quantity === undefined || quantity === null || quantity === '') return;
  const number = Number(quantity);
  if (Number.isNaN(number)) {
    throw fail('INVALID_VALUE', `${place}.quantity: "${String(quantity)}" is not a number`, {
      field: `${place}.quantity`,
    });
  }
  if (number < 0) {
    throw fail(
      'NEGATIVE_QUANTITY',
      `${place}.quantity: ${number}; a return is a record of its own, not a negative line`,
      {
        field: `${place}.quantity`,
      },
    );
  }
}
