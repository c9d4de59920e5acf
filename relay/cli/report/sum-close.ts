import { Decimal } from 'decimal.js';
import type { OpenFailure, ReportedOperation, TotalDifference } from './types';

export interface CloseRow {
  recordType: string;
  review: number;
  dead: number;
  waiting: number;
  /** Sums of what is in review or dead, by currency; records without an amount count nothing. */
  money: Record<string, string>;
}

export interface CloseReport {
  /** By record type, most failures first. */
  open: CloseRow[];
  failures: OpenFailure[];
  /** Orders of the period whose total NetSuite made differently, the largest difference first. */
  totals: TotalDifference[];
  /** Differences between both sides by flow, as the last comparison found them. */
  drift: { flow: string; differences: number; failed?: string }[];
  comparedAt: string | null;
  /** Nothing is open and nothing differs. */
  clean: boolean;
}

export interface CloseInput {
  failures: readonly OpenFailure[];
  waiting: readonly ReportedOperation[];
  differences: readonly TotalDifference[];
  comparison: { at: string; flows: readonly { flow: string; differences: number; failed?: string }[] } | null;
}

const NO_CURRENCY = 'unknown currency';

/** What stands in the way of closing a period. Pure; money in decimals. */
export function sumClose({ failures, waiting, differences, comparison }: CloseInput): CloseReport {
  const rows = new Map<string, CloseRow>();
  const rowOf = (recordType: string): CloseRow => {
    const row = rows.get(recordType) ?? { recordType, review: 0, dead: 0, waiting: 0, money: {} };
    rows.set(recordType, row);
    return row;
  };
  for (const { recordType, state, amount, currency } of failures) {
    const row = rowOf(recordType);
    row[state === 'dead' ? 'dead' : 'review'] += 1;
    if (amount !== undefined) add(row.money, currency, new Decimal(amount));
  }
  for (const { recordType } of waiting) rowOf(recordType).waiting += 1;
  const drift = (comparison?.flows ?? [])
    .filter((one) => one.differences > 0 || one.failed !== undefined)
    .map(({ flow, differences: count, failed }) => ({
      flow,
      differences: count,
      ...(failed === undefined ? {} : { failed }),
    }));
  return {
    open: [...rows.values()].sort((a, b) => b.review + b.dead - (a.review + a.dead)),
    failures: [...failures].sort((a, b) => b.hoursOpen - a.hoursOpen),
    totals: [...differences].sort((a, b) => new Decimal(b.difference).abs().cmp(new Decimal(a.difference).abs())),
    drift,
    comparedAt: comparison?.at ?? null,
    clean: rows.size === 0 && differences.length === 0 && drift.length === 0 && comparison !== null,
  };
}

function add(money: Record<string, string>, currency: string | undefined, amount: Decimal): void {
  const name = currency ?? NO_CURRENCY;
  money[name] = new Decimal(money[name] ?? 0).plus(amount).toFixed();
}
