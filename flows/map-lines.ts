import { Decimal } from 'decimal.js';
import type { DirectRecord } from '../contract';
import { applyTransforms } from './apply-transforms';
import type { LinesMap } from './flow-schema';
import { mapFields, type WireFields } from './map-fields';
import { atField, problemAt } from './map-problem-error';
import { pathName, readPath } from './read-path';
import { toDecimal } from './transforms/money';
import type { TransformContext } from './types';
import { usableId } from './usable-id';

type Sublist = NonNullable<DirectRecord['sublists']>[string];
type Line = Sublist['lines'][number];

const RATE_DECIMALS = 8;

/** The lines of a record by their stable keys, in the CRM's order; null when the source does not carry them. */
export function mapLines(map: LinesMap, record: unknown, context: TransformContext): Sublist | null {
  const name = pathName(map.from);
  const found = readPath(record, map.from);
  const rows = found.present && found.value === null ? [] : found.value;
  if (rows === undefined && map.atLeast === 0) return null;
  if (!Array.isArray(rows)) {
    throw problemAt(
      name,
      'MAPPING_FAILED',
      `${name} is missing or is no list: the lines must come with the record.`,
      'Read the record together with its lines and send it again.',
    );
  }
  if (isCut(record, map)) {
    throw problemAt(
      name,
      'MAPPING_FAILED',
      `${name} holds only the first ${rows.length} lines of the record.`,
      'Send the record with all its lines, or let the relay read it: it reads every page of them.',
    );
  }
  if (rows.length < map.atLeast) {
    throw problemAt(
      name,
      'MAPPING_FAILED',
      `${name} has ${rows.length} lines, at least ${map.atLeast} needed.`,
      'Add products in the CRM.',
    );
  }
  const ordered = sortLines(map, rows);
  const lines = ordered.flatMap(({ row, index }) => mapLine(map, row, `${name}[${index}].`, record, context));
  refuseDoubleKeys(lines, name);
  return { keyField: map.keyField, mode: map.mode, whenFulfilled: map.whenFulfilled, lines };
}

/** Salesforce gives long lists in pages and says of one that goes on that it is not `done`. */
function isCut(record: unknown, map: LinesMap): boolean {
  const [path = ''] = typeof map.from === 'string' ? [map.from] : map.from;
  return path.endsWith('.records') && readPath(record, path.replace(/records$/, 'done')).value === false;
}

/** Stable: lines without a position stay where they came, after those that have one. */
function sortLines(map: LinesMap, rows: readonly unknown[]): { row: unknown; index: number; position: number }[] {
  return rows
    .map((row, index) => {
      const value = map.order === undefined ? undefined : readPath(row, map.order).value;
      const position = value === undefined || value === null ? Number.POSITIVE_INFINITY : Number(value);
      return { row, index, position };
    })
    .sort((a, b) => (a.position === b.position ? a.index - b.index : a.position - b.position));
}

function mapLine(map: LinesMap, row: unknown, at: string, record: unknown, context: TransformContext): Line[] {
  const keyName = at + pathName(map.key);
  const keyValue = readPath(row, map.key).value ?? null;
  const key = atField(keyName, () => applyTransforms(keyValue, map.keyTransform, context));
  if (typeof key !== 'string' && typeof key !== 'number') {
    throw problemAt(
      keyName,
      'LINE_KEY_MISSING',
      `${keyName} is empty: a line needs a lasting identity.`,
      'Send the id of the line as the CRM gives it.',
    );
  }
  for (const rule of map.sameAs ?? []) requireSame(rule.line, rule.record, row, record, at);
  const { fields } = mapFields(map.fields, row, context, at);
  const line: Line = { key: usableId(keyName, String(key)), fields };
  return map.discount ? withDiscount(map.discount, line, row, at, context) : [line];
}

function requireSame(linePath: string, recordPath: string, row: unknown, record: unknown, at: string): void {
  const inLine = readPath(row, linePath);
  const inRecord = readPath(record, recordPath);
  if (!inLine.value || !inRecord.value || inLine.value === inRecord.value) return;
  throw problemAt(
    at + linePath,
    'INVALID_VALUE',
    `${at}${linePath} is ${JSON.stringify(inLine.value)}, but the record has ${JSON.stringify(inRecord.value)}: amounts would be booked in the wrong currency.`,
    'Correct the line in the CRM.',
  );
}

function refuseDoubleKeys(lines: readonly Line[], name: string): void {
  const seen = new Set<string>();
  for (const { key } of lines) {
    if (seen.has(key)) {
      throw problemAt(name, 'DUPLICATE_LINE_KEY', `${name} holds the line ${key} twice.`, 'Send every line once.');
    }
    seen.add(key);
  }
}

function withDiscount(
  discount: NonNullable<LinesMap['discount']>,
  line: Line,
  row: unknown,
  at: string,
  context: TransformContext,
): Line[] {
  const percent = amountAt(discount.percent, row, at);
  const perUnit = amountAt(discount.amountPerUnit, row, at);
  const rate = line.fields?.['rate']?.value;
  if ((!percent && !perUnit) || typeof rate !== 'number') return [line];
  const price = new Decimal(rate);
  const item = context.settings['discountItem'];
  if (discount.mode === 'line' && typeof item === 'string') {
    return [line, discountLine(line, item, price, percent, perUnit)];
  }
  const net = price.minus(percent ? price.times(percent).div(100) : 0).minus(perUnit ?? 0);
  const fields: WireFields = { ...line.fields };
  fields['rate'] = { ...fields['rate'], value: net.toDecimalPlaces(RATE_DECIMALS).toNumber() };
  return [{ ...line, fields }];
}

/**
 * A discount works on the line above it, so it follows its product directly. One rate is a percentage or an amount: where a line has both,
 * it is the amount that the two come to.
 */
function discountLine(
  line: Line,
  item: string,
  price: Decimal,
  percent: Decimal | null,
  perUnit: Decimal | null,
): Line {
  const quantity = line.fields?.['quantity']?.value;
  const rate =
    percent && !perUnit
      ? `-${percent.toString()}%`
      : price
          .times(percent ?? 0)
          .div(100)
          .plus(perUnit ?? 0)
          .times(typeof quantity === 'number' ? quantity : 1)
          .neg()
          .toDecimalPlaces(RATE_DECIMALS)
          .toNumber();
  return {
    key: `${line.key}:discount`,
    fields: {
      item: { ref: { recordType: 'item', key: { field: 'itemid', value: item } }, owner: 'crm' },
      price: { value: '-1', owner: 'relay' },
      rate: { value: rate, owner: 'crm' },
    },
  };
}

function amountAt(path: LinesMap['key'] | undefined, row: unknown, at: string): Decimal | null {
  if (path === undefined) return null;
  const { value } = readPath(row, path);
  if (value === undefined || value === null) return null;
  const amount = atField(at + pathName(path), () => toDecimal(value));
  return amount.isZero() ? null : amount;
}
