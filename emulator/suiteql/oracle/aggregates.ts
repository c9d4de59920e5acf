import type { Database } from 'better-sqlite3';
import { addTo, emptyTotal, type Total, totalOf } from './decimals';
import { numberToText } from './numbers';

/** Aggregates that SQLite lacks. */
interface Gathered {
  /** What each text sorts by. */
  seen: Map<string, Comparable>;
  separator: string;
  descending: boolean;
}

type Comparable = string | number;
interface Taken {
  at: Comparable | null;
  value: unknown;
  any: boolean;
}

/** `ora_at_min(value, key)` and `ora_at_max`: the value of the row whose key is least or greatest; rows without a key count only where none has one. */
function defineTaken(db: Database, name: string, isBetter: (key: Comparable, than: Comparable) => boolean): void {
  db.aggregate(name, {
    start: (): Taken => ({ at: null, value: null, any: false }),
    step: (state: Taken, value: unknown, key: Comparable | null) => {
      if (state.any && (key === null || (state.at !== null && !isBetter(key, state.at)))) return;
      Object.assign(state, { at: key, value, any: true });
    },
    result: ({ value }: Taken) => value,
    deterministic: true,
  } as never);
}

interface Kept {
  best: Comparable | null;
  value: Comparable | null;
  any: boolean;
}

/** Which of two is nearer to the wanted end; NULL lies at the end that `nullsGreatest` tells. */
function compareKeys(a: Comparable | null, b: Comparable | null, nullsGreatest: boolean): number {
  if (a === null || b === null) return a === b ? 0 : (a === null) === nullsGreatest ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `ora_keep(value, key, greatest, nullsGreatest, isMax)`: MAX or MIN of the values on the rows whose key is greatest or least. */
function defineKeep(db: Database): void {
  db.aggregate('ora_keep', {
    start: (): Kept => ({ best: null, value: null, any: false }),
    step: (state: Kept, ...[value, key, greatest, nullsGreatest, isMax]: (Comparable | null)[]) => {
      const order = compareKeys(key ?? null, state.best, nullsGreatest === 1) * (greatest === 1 ? 1 : -1);
      if (!state.any || order > 0) Object.assign(state, { best: key, value, any: true });
      else if (order === 0 && value !== null && value !== undefined) {
        const isBetter = state.value === null || (isMax === 1 ? value > state.value : value < state.value);
        if (isBetter) state.value = value;
      }
    },
    result: ({ value }: Kept) => value,
    deterministic: true,
    varargs: true,
  } as never);
}

/** `ora_sum(number)`, also over a window. */
function defineSum(db: Database): void {
  const take = (sign: 1 | -1) => (total: Total, value: number | null) => {
    if (value !== null) addTo(total, value, sign);
  };
  db.aggregate('ora_sum', {
    start: emptyTotal,
    step: take(1),
    inverse: take(-1),
    result: totalOf,
    deterministic: true,
  } as never);
}

export function defineAggregates(db: Database): void {
  defineSum(db);
  defineKeep(db);
  defineTaken(db, 'ora_at_min', (key, than) => key < than);
  defineTaken(db, 'ora_at_max', (key, than) => key > than);
  const text = (value: unknown): string =>
    typeof value === 'number' ? numberToText(value) : typeof value === 'string' ? value : '';
  // ora_listagg_distinct(value, separator, key, descending): one key a value
  db.aggregate('ora_listagg_distinct', {
    start: (): Gathered => ({ seen: new Map<string, Comparable>(), separator: '', descending: false }),
    step: (state: Gathered, value: unknown, separator: unknown, key: Comparable, descending: number) => {
      if (value !== null) state.seen.set(text(value), key);
      state.separator = text(separator);
      state.descending = descending === 1;
    },
    result: ({ seen, separator, descending }: Gathered) => {
      if (seen.size === 0) return null;
      const sorted = [...seen].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([value]) => value);
      return (descending ? sorted.reverse() : sorted).join(separator);
    },
    deterministic: true,
  } as never);
}
