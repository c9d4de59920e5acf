import type { Account, Fields, LineData, RecordData, TypeMeta } from '../kernel/types';
import { unitCost } from './unit-cost';
import { findReference } from './find-record';
import { costEstimateType } from './item-kinds';
import { add, decimalsOf, divide, multiply, number } from './money';
import { derive } from './touched';

/** A cost that a person or script has entered: it is never worked out anew (page section_N1757784). */
const CUSTOM = 'CUSTOM';

const hasCosts = (account: Account, meta: TypeMeta): boolean =>
  meta.fields.estgrossprofit !== undefined && meta.sublists.item !== undefined && account.feature('GROSSPROFIT');

/** Cost estimate type and unit cost of a line whose item, or whose cost estimate type, has just been chosen. */
export function sourceCost(
  account: Account,
  meta: TypeMeta,
  record: RecordData,
  line: LineData,
  item: RecordData,
): void {
  if (!hasCosts(account, meta)) return;
  const type = costEstimateType(item);
  if (type === undefined) return;
  derive(line, 'costestimatetype', type);
  const chosen = String(line.fields.costestimatetype);
  if (chosen === CUSTOM) return;
  const cost = unitCost(account, item, chosen, String(line.fields.location ?? record.fields.location ?? ''));
  line.fields.costestimaterate = divide(cost, number(record.fields.exchangerate ?? 1) || 1, 8);
}

/** The line's extended cost: unit cost times quantity, or what was entered. */
function extend({ fields }: LineData, decimals: number): number {
  if (fields.costestimatetype !== CUSTOM && typeof fields.costestimaterate === 'number')
    fields.costestimate = multiply(fields.costestimaterate, number(fields.quantity ?? 1), decimals);
  return number(fields.costestimate);
}

/** Est. Extended Cost, Est. Gross Profit and its share of the revenue, discounts of the whole document included (page section_N1762276). */
export function computeProfit(account: Account, meta: TypeMeta, record: RecordData): void {
  if (!hasCosts(account, meta)) return;
  const { fields } = record;
  const decimals = decimalsOf(account, fields.currency);
  const lines = record.sublists.item ?? [];
  const cost = add(
    lines.map((line) => extend(line, decimals)),
    decimals,
  );
  const revenue = add([lineTotal(lines), number(fields.discounttotal)], decimals);
  const profit = add([revenue, -cost], decimals);
  const percent = revenue === 0 ? null : divide(profit * 100, revenue, 2);
  Object.assign(fields, {
    totalcostestimate: cost,
    estgrossprofit: profit,
    estgrossprofitpercent: percent,
  } satisfies Fields);
}

const lineTotal = (lines: LineData[]): number =>
  add(lines.filter(({ fields }) => fields.itemtype !== 'Subtotal').map(({ fields }) => number(fields.amount)));

/** Lines of a seeded document: their cost as of now, where the seed says none. */
export function completeCosts(account: Account, meta: TypeMeta, record: RecordData): void {
  if (!hasCosts(account, meta)) return;
  for (const line of record.sublists.item ?? []) {
    if (line.fields.costestimate !== undefined || typeof line.fields.item !== 'string') continue;
    const item = findReference(account, 'item', line.fields.item);
    if (item) sourceCost(account, meta, record, line, item);
  }
}
