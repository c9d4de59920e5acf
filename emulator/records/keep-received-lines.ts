import type { RecordData } from '../kernel/types';

const MOVES_GOODS = new Set(['itemfulfillment', 'itemreceipt']);

/** A fulfilment or receipt has the lines it moves: what was unticked on its form stays with the order. */
export function keepReceivedLines(record: RecordData): void {
  if (MOVES_GOODS.has(record.type) && record.sublists.item)
    record.sublists.item = record.sublists.item.filter(({ fields }) => fields.itemreceive !== false);
}
