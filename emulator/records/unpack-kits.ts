import type { Account, LineData, RecordData } from '../kernel/types';
import { findReference } from './find-record';
import { multiply, number } from './money';

const isKit = (line: LineData): boolean => line.fields.itemtype === 'Kit';

const QUANTITIES = ['quantity', 'quantityfulfilled', 'quantitybilled', 'quantityreceived'];

/** What of each member a kit line stands for. */
function membersOf(account: Account, line: LineData): LineData[] {
  const kit = typeof line.fields.item === 'string' ? findReference(account, 'item', line.fields.item) : undefined;
  return (kit?.sublists.member ?? []).map(({ fields }): LineData => {
    const each = number(fields.quantity ?? 1);
    const quantities = QUANTITIES.filter((id) => line.fields[id] !== undefined);
    return {
      fields: {
        ...line.fields,
        ...Object.fromEntries(quantities.map((id) => [id, multiply(number(line.fields[id]), each, 5)])),
        item: fields.item ?? null,
        itemtype: null,
        units: null,
      },
    };
  });
}

/** Kits as their members, each in its stock unit. */
export function unpackKits(account: Account, record: RecordData): RecordData {
  const lines = record.sublists.item;
  if (!lines?.some(isKit)) return record;
  const item = lines.flatMap((line) => (isKit(line) ? membersOf(account, line) : [line]));
  return { ...record, sublists: { ...record.sublists, item } };
}
