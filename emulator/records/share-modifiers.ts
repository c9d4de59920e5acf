import type { Account, LineData, RecordData } from '../kernel/types';
import { findReference } from './find-record';
import { isPriceModifier, kindOf } from './item-kinds';
import { decimalsOf, isPercent, number, round } from './money';
import { isTouched } from './touched';
import { TRANSFORM_RULES } from './transform-rules';

function kindOfLine(account: Account, { fields }: LineData): string | undefined {
  if (typeof fields.itemtype === 'string') return fields.itemtype;
  const item = typeof fields.item === 'string' ? findReference(account, 'item', fields.item) : undefined;
  return item && kindOf(item);
}

/** The lines that a discount or markup is for: the one above, or what a subtotal or the end of a group above it closes (page section_N2248474). */
function subjectsOf(kinds: (string | undefined)[], modifier: number): number[] {
  let at = modifier - 1;
  while (at >= 0 && (isPriceModifier(kinds[at]) || kinds[at] === 'Description')) at--;
  const opening = kinds[at] === 'Subtotal' ? 'Subtotal' : kinds[at] === 'EndGroup' ? 'Group' : undefined;
  if (at < 0) return [];
  if (opening === undefined) return [at];
  const start = kinds.lastIndexOf(opening, at - 1);
  return Array.from({ length: at - start - 1 }, (_, step) => start + 1 + step);
}

const withQuantity = ({ fields }: LineData): boolean => number(fields.quantity) !== 0;

/** An order's discounts and markups for lines of which none comes along: they must not fall to the line that would be above them then. */
export function idleModifiers(
  account: Account,
  lines: LineData[],
  isTaken: (line: LineData) => boolean,
): Set<LineData> {
  const kinds = lines.map((line) => kindOfLine(account, line));
  return new Set(
    lines.filter((_, index) => {
      if (!isPriceModifier(kinds[index])) return false;
      const subjects = subjectsOf(kinds, index).flatMap((at) => lines[at] ?? []);
      return subjects.some(withQuantity) && !subjects.some((line) => withQuantity(line) && isTaken(line));
    }),
  );
}

/** What of the lines' amount is billed, by quantities. */
function shareOf(subjects: LineData[], billed: Map<string, number>): number | undefined {
  let [whole, part] = [0, 0];
  for (const { fields } of subjects.filter(withQuantity)) {
    whole += number(fields.amount);
    part += (number(fields.amount) * number(billed.get(String(fields.line)))) / number(fields.quantity);
  }
  return whole === 0 ? undefined : part / whole;
}

/** A flat discount or markup of an order's line is billed by the share that is billed of the line: whole on every partial bill it would be given several times. */
export function shareModifiers(account: Account, record: RecordData): void {
  const { createdfrom, currency } = record.fields;
  const own = record.sublists.item ?? [];
  if (record.id !== null || typeof createdfrom !== 'string') return;
  if (!own.some((line) => isPriceModifier(kindOfLine(account, line)))) return;
  const order = findReference(account, 'transaction', createdfrom);
  if (!order || TRANSFORM_RULES[`${order.type}>${record.type}`]?.quantity !== 'toBill') return;
  const lines = order.sublists.item ?? [];
  const kinds = lines.map((line) => kindOfLine(account, line));
  const billed = new Map<string, number>();
  for (const { fields } of own) {
    const line = String(fields.orderline);
    billed.set(line, (billed.get(line) ?? 0) + number(fields.quantity));
  }
  const places = new Map(lines.map(({ fields }, index) => [fields.line, index]));
  for (const line of own) {
    const at = places.get(line.fields.orderline) ?? -1;
    const source = lines[at];
    if (!source || !isPriceModifier(kinds[at]) || isPercent(source.fields.rate)) continue;
    if (isTouched(line, 'amount') || isTouched(line, 'rate')) continue;
    const subjects = subjectsOf(kinds, at).flatMap((index) => lines[index] ?? []);
    const share = shareOf(subjects, billed);
    if (share !== undefined)
      line.fields.amount = round(number(source.fields.amount) * share, decimalsOf(account, currency));
  }
}
