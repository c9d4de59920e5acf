import type { OperationResult } from '../../../../../contract/upsert';
import type { ParsedOperation } from './parse-operations';
import type { ResolvedOperation } from './resolved-operation';
import type { Target } from './find-target';
import { failureResult, toFailure, type FailureData } from './operation-failure';

/** One operation on its way through a batch. */
export interface Item {
  parsed: ParsedOperation;
  resolved: ResolvedOperation | null;
  target: Target | null;
  result: OperationResult | null;
  /** Kept for the failure row. */
  failure: FailureData | null;
  units: number;
}

export const newItem = (parsed: ParsedOperation): Item => ({
  parsed,
  resolved: null,
  target: null,
  result: parsed.failure === null ? null : failureResult(parsed.opId, parsed.failure),
  failure: parsed.failure,
  units: 0,
});

/** Ends an item as failed, or as deferred when only time or units were missing. */
export function endWith(item: Item, failure: FailureData): void {
  if (failure.code === 'OUT_OF_TIME' || failure.code === 'OUT_OF_UNITS') {
    item.result = { opId: item.parsed.opId, status: 'deferred', warnings: [] };
    return;
  }
  item.failure = failure;
  item.result = { ...failureResult(item.parsed.opId, failure), warnings: item.resolved?.warnings ?? [] };
  if (item.target !== null) item.result.internalId = item.target.record.internalId;
  const externalId = item.parsed.operation?.key.externalId;
  if (externalId !== undefined) item.result.externalId = externalId;
}

/**
 * The order in which a batch is carried out: as given, except that operations of one record run by version. The places of such
 * operations stay; only who stands on them changes.
 */
export function inVersionOrder(items: readonly Item[]): Item[] {
  const places = new Map<string, number[]>();
  items.forEach((item, at) => {
    const key = item.target?.record.internalId ?? item.parsed.operation?.key.externalId;
    if (key === undefined) return;
    places.set(key, [...(places.get(key) ?? []), at]);
  });
  const order = [...items];
  for (const group of places.values()) {
    if (group.length < 2) continue;
    const sorted = group
      .flatMap((at) => items[at] ?? [])
      .sort((a, b) => ((a.parsed.operation?.version ?? '') < (b.parsed.operation?.version ?? '') ? -1 : 1));
    group.forEach((at, rank) => {
      const item = sorted[rank];
      if (item !== undefined) order[at] = item;
    });
  }
  return order;
}

/** Puts an operation off: the relay sends it again. */
export function defer(item: Item): void {
  item.result = { opId: item.parsed.opId, status: 'deferred', warnings: [] };
}

/** Does a piece of an item's work; what it throws ends the item alone. */
export function attempt(item: Item, work: () => void): void {
  if (item.result !== null) return;
  try {
    work();
  } catch (thrown) {
    endWith(item, toFailure(thrown));
  }
}
