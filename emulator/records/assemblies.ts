import type { Account, LineData, RecordData, TypeMeta } from '../kernel/types';
import { kindOf } from './item-kinds';
import { findReference } from './find-record';
import { multiply, number } from './money';

/** Where a work order or build names its assembly, and where its components stand. */
const PLACES: Record<string, { assembly: string; sublist: string }> = {
  workorder: { assembly: 'assemblyitem', sublist: 'item' },
  assemblybuild: { assembly: 'item', sublist: 'component' },
  assemblyunbuild: { assembly: 'item', sublist: 'component' },
};

/** Fields of the body whose change brings other components. */
export const componentFields = (type: string): string[] => {
  const place = PLACES[type];
  return place ? [place.assembly, 'quantity'] : [];
};

const isUntouched = (line: LineData): boolean => (line.touched ?? []).length === 0;

/** Components of an assembly for the quantity to build (its sublist `member`); components that a script has changed are left alone. */
export function sourceComponents(account: Account, meta: TypeMeta, record: RecordData, field: string): void {
  const place = PLACES[meta.id];
  if (!place || !componentFields(meta.id).includes(field)) return;
  const id = record.fields[place.assembly];
  const assembly = typeof id === 'string' ? findReference(account, 'item', id) : undefined;
  if (!assembly || !(record.sublists[place.sublist] ?? []).every(isUntouched)) return;
  const quantity = number(record.fields.quantity ?? 1);
  record.sublists[place.sublist] = (assembly.sublists.member ?? []).map(({ fields }): LineData => {
    const item = typeof fields.item === 'string' ? findReference(account, 'item', fields.item) : undefined;
    return {
      fields: {
        item: fields.item ?? null,
        quantity: multiply(number(fields.quantity ?? 1), quantity, 5),
        ...(item ? { itemtype: kindOf(item), quantityonhand: number(item.fields.quantityonhand) } : {}),
      },
    };
  });
}

/** The build that a work order still asks for (transform table of the records reference). */
export function buildFromOrder(account: Account, order: RecordData, to: TypeMeta, record: RecordData): void {
  for (const id of ['subsidiary', 'location', 'department', 'class', 'memo', 'units'])
    if (to.fields[id] && order.fields[id] !== undefined) record.fields[id] = order.fields[id];
  const left = Math.max(0, number(order.fields.quantity) - number(order.fields.built));
  Object.assign(record.fields, { createdfrom: order.id, item: order.fields.assemblyitem ?? null, quantity: left });
  const asked = number(order.fields.quantity) || 1;
  record.sublists.component = (order.sublists.item ?? []).map(({ fields }): LineData => ({
    fields: { item: fields.item ?? null, quantity: multiply(number(fields.quantity), left / asked, 5) },
  }));
}

/** What builds did to their work order. Answers whether anything changed. */
export function countBuilt(order: RecordData, children: RecordData[]): boolean {
  if (order.type !== 'workorder') return false;
  const built = children
    .filter(({ type }) => type === 'assemblybuild')
    .reduce((sum, { fields }) => sum + number(fields.quantity), 0);
  if (number(order.fields.built) === built) return false;
  order.fields.built = built;
  return true;
}

/** Lines that move stock: a build turns components into the assembly, an unbuild turns it back. */
export function buildLines(record: RecordData): LineData[] {
  const sign = record.type === 'assemblybuild' ? 1 : record.type === 'assemblyunbuild' ? -1 : 0;
  if (sign === 0) return [];
  const move = (fields: LineData['fields'], quantity: number): LineData => ({
    fields: { item: fields.item ?? null, line: fields.line ?? null, adjustqtyby: quantity },
  });
  return [
    move({ item: record.fields.item ?? null, line: 0 }, sign * number(record.fields.quantity)),
    ...(record.sublists.component ?? []).map(({ fields }) => move(fields, -sign * number(fields.quantity))),
  ];
}
