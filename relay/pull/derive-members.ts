import type { ReadPageName, ReadRow } from '../../contract';

const joined = (row: ReadRow, members: readonly string[], separator: string): string | null =>
  members.every((member) => row[member] !== null && row[member] !== undefined)
    ? members.map((member) => String(row[member])).join(separator)
    : null;

const DERIVED: Readonly<Partial<Record<ReadPageName, (row: ReadRow) => ReadRow>>> = {
  prices: (row) => ({ priceKey: joined(row, ['internalId', 'priceLevel', 'currency'], '-') }),
  stock: (row) => ({ stockKey: joined(row, ['internalId', 'location'], '-') }),
  rates: (row) => ({
    rateKey: joined(row, ['currency', 'effectiveDate'], '|'),
    sameCurrency: row['base'] === row['currency'],
  }),
};

/** Members that identify a row of several keys, and when all of it was read. */
export function deriveMembers(page: ReadPageName, row: ReadRow, asOf: string): ReadRow {
  return { asOf, ...row, ...DERIVED[page]?.(row) };
}
