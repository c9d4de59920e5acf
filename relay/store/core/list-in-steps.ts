import { setImmediate } from 'node:timers/promises';
import type { OperationFilter, OperationState, Page, StoredOperation } from '../types';
import { readStretch } from './read-operations';
import type { Script } from './script';

type Read = <T>(script: () => Script<T>) => Promise<T>;
type List = (
  filter: OperationFilter,
  page: { limit: number; after?: string | undefined },
) => Promise<Page<StoredOperation>>;

/** They have an index: see `op_failed`. */
const FAILED: readonly OperationState[] = ['review', 'dead'];

/** Whether one look is best: an index leads to what is asked for, or each look goes through all records besides (by internal id). */
export const isOneLook = ({ crmId, internalId, state }: OperationFilter): boolean =>
  crmId !== undefined ||
  internalId !== undefined ||
  (state !== undefined && state.length > 0 && state.every((one) => FAILED.includes(one)));

/**
 * Lists operations by what no index leads to, in the thread that reads: some two thousand of them at a time, and among all who list one step
 * at a time, between which everything else goes on. One look at 200,000 kept everything else waiting for 39 ms, at a million on a busy machine
 * for two seconds; in steps it takes twice as long, of which no turn took more than 4 ms. An index for it would cost each operation a page when
 * it is accepted or settled.
 */
export function listerInSteps(read: Read): List {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const result = last.then(() => setImmediate()).then(step);
    last = result.catch(() => undefined);
    return result;
  };
  return async (filter, { limit, after }) => {
    const first = after === undefined ? Number.MAX_SAFE_INTEGER : Number(after);
    let before: number | null = Number.isSafeInteger(first) ? first : null;
    const found: { seq: number; operation: StoredOperation }[] = [];
    for (let steps = 0; before !== null && found.length <= limit; steps += 1) {
      const [below, most]: [number, number] = [before, limit + 1 - found.length];
      const step = () => read(() => readStretch(filter, below, most));
      const { rows, end } = await (steps === 0 ? step() : inTurn(step));
      found.push(...rows);
      before = end;
    }
    return {
      items: found.slice(0, limit).map(({ operation }) => operation),
      next: found.length > limit ? String(found[limit - 1]?.seq) : null,
    };
  };
}
