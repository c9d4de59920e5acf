import type { UpsertAnswer } from '../../../../../contract/upsert';
import { CONTRACT_VERSION } from '../../../../../contract/version';
import type { Budget } from '../governance/budget';
import type { BatchOptions } from './batch-options';
import { attempt, defer, inVersionOrder, newItem, type Item } from './batch-state';
import { chooseMatch, findTarget } from './find-target';
import { findMatches, readMatched, type Matches } from './match-records';
import { keepFailureRows } from './failure-rows';
import { checkTotals } from './check-totals';
import { fail } from './operation-failure';
import { assertOneType, parseOperations } from './parse-operations';
import { fieldKinds, prefetch, type Prefetched } from './prefetch';
import { resolveOperation } from './resolved-operation';
import { runOperation } from './run-operation';
import { verifyWritten } from './verify-written';
import type { Tools } from './ports';
import type { WriteContext } from './write-context';

/** Carries out a batch: parse, one prefetch, then operation by operation within the budget. Never throws for a single operation. */
export function runBatch(
  batchId: string,
  raw: readonly unknown[],
  tools: Tools,
  budget: Budget,
  options: BatchOptions,
): UpsertAnswer {
  const parsed = parseOperations(raw);
  assertOneType(parsed);
  const items = parsed.map(newItem);
  const operations = parsed.flatMap((one) => one.operation ?? []);
  const known = prefetch(operations, tools);
  const context: WriteContext = {
    tools,
    found: known.found,
    late: () => budget.refuses({ expected: 0, worst: 0 }) === 'time',
    conflictChecked: options.conflictChecked,
    allowDelete: options.allowDelete,
    book: known.book,
    taught: {},
  };
  for (const item of items) attempt(item, () => prepare(item, known, options));
  matchUnresolved(items, known, tools);
  const shared = budget.used();
  let stopped = false;
  for (const item of inVersionOrder(items)) {
    if (item.result !== null) continue;
    if (stopped) defer(item);
    else stopped = !runOperation(item, known, context, budget, options);
  }
  verifyWritten(items, context);
  checkTotals(items, context);
  if (options.failureRows && !options.dryRun) keepFailureRows(items, context, budget);
  return answer(batchId, items, budget, shared);
}

function prepare(item: Item, known: Prefetched, options: BatchOptions): void {
  const operation = item.parsed.operation;
  if (operation === null) return;
  assertSwitchedOn(operation.recordType, options);
  item.target = findTarget(operation, known.found);
  item.resolved = resolveOperation(operation, known.book, options.lengths);
}

function assertSwitchedOn(recordType: string, { types }: BatchOptions): void {
  if (types === undefined || types === null || types.has(recordType)) return;
  throw fail(
    'ACTION_NOT_ALLOWED',
    `${recordType} is switched off here (script parameter "Record types"); add it there or stop its flow`,
  );
}

/** Match keys are asked only for operations that nothing else has found and that would create a record. */
function matchUnresolved(items: readonly Item[], known: Prefetched, tools: Tools): void {
  const open = items.filter((item) => item.result === null && item.target === null);
  const operations = open.flatMap((item) => item.parsed.operation ?? []);
  const asking = operations.filter((one) => one.action === 'upsert' && (one.key.match ?? []).length > 0);
  let matches = new Map<string, Matches>();
  if (asking.length > 0) matches = findMatches(asking, known.book, tools);
  const chosen = new Map<string, Item[]>();
  for (const item of open) {
    attempt(item, () => {
      const operation = item.parsed.operation;
      const id = operation === null ? null : chooseMatch(operation, matches.get(operation.opId));
      if (id !== null) chosen.set(id, [...(chosen.get(id) ?? []), item]);
    });
  }
  const recordType = operations[0]?.recordType;
  if (chosen.size === 0 || recordType === undefined) return;
  for (const record of readMatched(recordType, [...chosen.keys()], fieldKinds(operations), known.found, tools)) {
    for (const item of chosen.get(record.internalId) ?? []) item.target = { record, by: 'match' };
  }
}

function answer(batchId: string, items: readonly Item[], budget: Budget, shared: number): UpsertAnswer {
  const share = items.length === 0 ? 0 : shared / items.length;
  return {
    contract: CONTRACT_VERSION,
    batchId,
    results: items.flatMap((item) => item.result ?? []),
    usage: {
      unitsUsed: budget.used(),
      unitsLeft: budget.left(),
      ms: budget.elapsedMs(),
      perOperation: items.map((item) => Math.round((item.units + share) * 100) / 100),
    },
  };
}
