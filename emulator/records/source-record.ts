import type { Account, LineData, RecordData, TypeMeta } from '../kernel/types';
import { componentFields } from './assemblies';
import { computeTotals } from './compute-totals';
import { expandGroups } from './expand-groups';
import { shareModifiers } from './share-modifiers';
import { shareDiscount } from './share-order-costs';
import { limitCredits, sourceApplyLine, sourceApplyLines } from './source-apply';
import { sourceBodyField } from './source-body';
import { computeLine, sourceCostOf, sourceItem, sourcePrice, type LineContext } from './source-line';
import { settlementLists } from './open-documents';
import { hasItemLines } from './source-triggers';
import { isTouched } from './touched';

/** Order in which the entry form would have received the fields: what others follow from comes first. */
const FIRST = [
  'subsidiary',
  'entity',
  'customer',
  'company',
  'parent',
  'currency',
  'trandate',
  'terms',
  'entitystatus',
  'billaddresslist',
  'shipaddresslist',
  'discountitem',
  'account',
];

/**
 * Standard mode, at the save: replays what a script has set, in the order of the form, and computes what follows (section_1524156901). `shared`: a bill
 * gets its part of what its order has for all lines; later passes no longer know what a script has given it.
 */
export function sourceRecord(account: Account, meta: TypeMeta, record: RecordData, shared = false): void {
  for (const field of [...FIRST, ...componentFields(meta.id)])
    if (isTouched(record, field)) sourceBodyField(account, meta, record, field);
  if (shared) shareModifiers(account, record);
  if (hasItemLines(meta)) sourceLines({ account, meta, record });
  if (shared) shareDiscount(account, record);
  sourceApplyLines(meta, record);
  computeTotals(account, meta, record);
  if (shared) limitCredits(record);
}

function sourceLines(context: LineContext): void {
  const { record } = context;
  const repriced = isTouched(record, 'entity') || isTouched(record, 'currency');
  for (const line of record.sublists.item ?? []) sourceTouchedLine(context, line, repriced);
  expandGroups(context);
  const lines = record.sublists.item ?? [];
  lines.forEach((_, index) => computeLine(context, lines, index));
}

function sourceTouchedLine(context: LineContext, line: LineData, repriced: boolean): void {
  if (isTouched(line, 'item')) sourceItem(context, line);
  else if (isTouched(line, 'price') || (isTouched(line, 'quantity') && !isTouched(line, 'rate')))
    sourcePriceOf(context, line);
  else if (isTouched(line, 'rate') && !isTouched(line, 'price')) sourcePrice(context, line);
  else if (repriced && line.fields.price !== '-1' && line.fields.itemtype !== undefined && isNewRecord(context))
    sourcePrice(context, line);
  if (isTouched(line, 'costestimatetype')) sourceCostOf(context, line);
}

/** Quantity breaks: only a line with a price level other than Custom follows them. */
function sourcePriceOf(context: LineContext, line: LineData): void {
  if (line.fields.price === undefined || line.fields.price === '-1') return;
  sourcePrice(context, line);
}

const isNewRecord = ({ record }: LineContext): boolean => record.id === null;

/** Dynamic mode: one change of the body. */
export function sourceChange(account: Account, meta: TypeMeta, record: RecordData, field: string): void {
  if (field !== '') sourceBodyField(account, meta, record, field);
  sourceApplyLines(meta, record);
  if (hasItemLines(meta)) {
    shareModifiers(account, record);
    const lines = record.sublists.item ?? [];
    lines.forEach((_, index) => computeLine({ account, meta, record }, lines, index));
    shareDiscount(account, record);
  }
  computeTotals(account, meta, record);
  limitCredits(record);
}

/** Dynamic mode: one change of the selected line, which is not yet part of the record. */
export function sourceLineChange(
  context: LineContext,
  sublist: string,
  index: number,
  line: LineData,
  field: string,
): void {
  if (settlementLists(context.meta.id).includes(sublist)) sourceApplyLine(context.record, line, sublist);
  if (sublist !== 'item' || field === '') return;
  if (field === 'item') {
    // Choosing an item starts the line over: what the former item gave is given anew.
    line.touched = (line.touched ?? []).filter(
      (id) => !['rate', 'amount', 'price', 'description', 'units'].includes(id),
    );
    sourceItem(context, line);
  }
  if (field === 'costestimatetype') sourceCostOf(context, line);
  if (field === 'rate') line.fields.price = '-1';
  if (field === 'price' || field === 'quantity') {
    if (field === 'price') line.touched = (line.touched ?? []).filter((id) => id !== 'rate' && id !== 'amount');
    sourcePriceOf(context, line);
  }
  if (field !== 'amount') line.touched = (line.touched ?? []).filter((id) => id !== 'amount');
  else line.touched = (line.touched ?? []).filter((id) => id !== 'rate');
  const lines = [...(context.record.sublists.item ?? [])];
  lines[index] = line;
  computeLine(context, lines, index);
}
