import { groupOf } from '../../../../../contract/glossary';
import { endWith, type Item } from './batch-state';
import { totalDiffers } from './compare-totals';
import { fail } from './operation-failure';
import { searchTotals, totalsBranch } from './prefetch-totals';
import { readBranches } from './sql-branches';
import type { WriteContext } from './write-context';

const WRITTEN: ReadonlySet<string> = new Set(['created', 'updated']);
const SETTLED: ReadonlySet<string> = new Set(['duplicate', 'unchanged']);

/**
 * Compares what NetSuite made of a transaction's lines with what the CRM expects: a price level, a rounding rule or somebody's script
 * may have priced it differently. One query for what was written; what was only recognised is compared with what the prefetch saw, so
 * that a lost answer hides no difference.
 */
export function checkTotals(items: readonly Item[], context: WriteContext): void {
  const asked = items.filter((item) => item.parsed.operation?.expectedTotal !== undefined && isChecked(item));
  const [first] = asked;
  if (first === undefined || groupOf(first.parsed.operation?.recordType ?? '') !== 'transaction') return;
  const { totals } = context.found;
  const unread = asked.filter((item) => isWritten(item) || !totals.has(item.result?.internalId ?? ''));
  const internalIds = unread.flatMap((item) => item.result?.internalId ?? []);
  internalIds.forEach((id) => totals.delete(id));
  if (internalIds.length > 0) readTotals(first.parsed.operation?.recordType ?? '', internalIds, context);
  for (const item of asked) checkOne(item, context);
}

const isWritten = (item: Item): boolean => WRITTEN.has(item.result?.status ?? '');
const isChecked = (item: Item): boolean => isWritten(item) || SETTLED.has(item.result?.status ?? '');

function readTotals(recordType: string, internalIds: string[], { tools, found }: WriteContext): void {
  const multiCurrency = tools.feature('MULTICURRENCY');
  if (tools.queries.mode() === 'search') {
    try {
      searchTotals(internalIds, tools.queries, found, multiCurrency);
    } catch {
      // Each operation says that its total was not checked.
    }
    return;
  }
  const keys = { recordType, externalIds: [], internalIds, crmIds: [] };
  readBranches(tools.queries, [totalsBranch(keys, found, multiCurrency)]);
}

function checkOne(item: Item, { found }: WriteContext): void {
  const operation = item.parsed.operation;
  const expected = operation?.expectedTotal;
  if (operation === null || expected === undefined || item.result === null) return;
  const { internalId = '', changes, version, warnings } = item.result;
  const seen = found.totals.get(internalId);
  if (seen === undefined) {
    const message = `the total of ${operation.recordType} ${internalId} could not be read and was not compared`;
    warnings.push({ code: 'TOTAL_NOT_CHECKED', message });
    return;
  }
  const actual = seen[expected.of];
  const lines = operation.sublists?.['item']?.lines.length ?? 1;
  if (!totalDiffers(expected, actual, lines)) return;
  const what = expected.of === 'net' ? 'net total' : 'total';
  const message = `NetSuite's ${what} of ${operation.recordType} ${internalId} is ${actual}, the CRM has ${expected.amount}; look for a price level, discount or script that priced its lines`;
  const warning = { code: 'TOTAL_DIFFERS', message, field: expected.of, from: expected.amount, to: actual };
  if (expected.whenDifferent === 'warn') {
    warnings.push(warning);
    return;
  }
  endWith(item, fail('TOTAL_DIFFERS', message, { field: expected.of, review: true }).data);
  if (item.result === null) return;
  item.result.internalId = internalId;
  item.result.warnings = [...warnings, warning];
  if (changes !== undefined) item.result.changes = changes;
  if (version !== undefined) item.result.version = version;
}
