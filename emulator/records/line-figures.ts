import type { Account, LineData, RecordData, Value } from '../kernel/types';
import { displayText } from './display-text';
import type { LineFigure } from './figure-types';
import { findReference } from './find-record';
import { isStocked, kindOf } from './item-kinds';

const itemOf = (account: Account, line: LineData): RecordData | undefined =>
  typeof line.fields.item === 'string' ? findReference(account, 'item', line.fields.item) : undefined;

/** A quantity of the item at the line's location, else over all; goods that are not kept in stock have none. */
const stock =
  (column: string): LineFigure =>
  (account, record, line) => {
    const item = itemOf(account, line);
    if (!item || !isStocked(kindOf(item))) return null;
    const location = String(line.fields.location ?? record.fields.location ?? '');
    const place = (item.sublists.locations ?? []).find(
      ({ fields }) => location !== '' && String(fields.location ?? fields.locationid) === location,
    );
    return (place?.fields ?? item.fields)[column] ?? 0;
  };

const nameOfItem: LineFigure = (account, _record, { fields }): Value =>
  typeof fields.item === 'string' ? displayText(account, 'item', fields.item) : null;

/** Columns of transaction lines that follow from the item as it is now, by sublist. */
export const LINE_FIGURES: Record<string, Record<string, LineFigure>> = {
  item: {
    quantityavailable: stock('quantityavailable'),
    onhand: stock('quantityonhand'),
    itemname: nameOfItem,
    itemdescription: (_account, _record, { fields }) => fields.description ?? null,
  },
};
