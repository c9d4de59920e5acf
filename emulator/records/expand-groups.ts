import type { LineData } from '../kernel/types';
import { findReference } from './find-record';
import { multiply, number } from './money';
import { sourceItem, type LineContext } from './source-line';
import { isTouched } from './touched';

/** An item group brings its members and an end line when it is added; the members are priced like lines of their own. */
export function expandGroups(context: LineContext): void {
  const lines = context.record.sublists.item;
  if (!lines?.some((line) => line.fields.itemtype === 'Group' && isTouched(line, 'item'))) return;
  context.record.sublists.item = lines.flatMap((line) =>
    line.fields.itemtype === 'Group' && isTouched(line, 'item') ? expand(context, line) : [line],
  );
}

function expand(context: LineContext, group: LineData): LineData[] {
  const item = findReference(context.account, 'item', String(group.fields.item));
  const quantity = number(group.fields.quantity ?? 1);
  const members = (item?.sublists.member ?? []).map((member): LineData => {
    const line: LineData = {
      fields: {
        item: member.fields.item ?? null,
        quantity: multiply(number(member.fields.quantity ?? 1), quantity, 8),
        ingroup: true,
      },
      touched: ['item', 'quantity'],
    };
    sourceItem(context, line);
    return line;
  });
  return [group, ...members, { fields: { item: '0', itemtype: 'EndGroup', ingroup: true } }];
}
