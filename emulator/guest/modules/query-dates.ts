import { scriptError } from './arguments';
import type { DateBounds } from './query-condition';
import { refusePeriod } from './query-periods';
import { refuseProperty } from './refused';

/** Relative dates of N/query: `createRelativeDate` and the members of `RelativeDateRange`, as SuiteQL bounds. */
const bounds = new WeakMap<object, DateBounds>();

export function boundsOf(value: unknown): DateBounds | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  refusePeriod(value);
  return bounds.get(value);
}

const MONTHS: Record<string, number> = { m: 1, q: 3, y: 12 };
/** Parts of a day. */
const FRACTIONS: Record<string, number> = { h: 24, n: 1440, s: 86_400 };

/** `dago` is days ago, `mfn` months from now: the first letter is the unit. */
export function createRelativeDate(options: { dateId: string; value: number }): object {
  const { dateId, value } = options ?? {};
  const found = /^([dwmqyhns])(ago|fn)$/.exec(String(dateId));
  if (!found) throw scriptError('INVALID_DATE_ID', `Invalid date id: ${String(dateId)}.`);
  const unit = found[1] as string;
  const count = (found[2] === 'ago' ? -1 : 1) * Number(value);
  const made = {
    dateId,
    value,
    isRange: false,
    toString: () => 'query.RelativeDate',
    toJSON: () => ({ dateId, value }),
  };
  bounds.set(made, boundsFor(unit, count));
  return made;
}

function boundsFor(unit: string, count: number): DateBounds {
  const fraction = FRACTIONS[unit];
  if (fraction !== undefined) {
    const moment = `(SYSDATE + (${count} / ${fraction}))`;
    return { start: moment, end: moment };
  }
  const months = MONTHS[unit];
  const day =
    months === undefined
      ? `(TRUNC(SYSDATE) + (${count * (unit === 'w' ? 7 : 1)}))`
      : `ADD_MONTHS(TRUNC(SYSDATE), ${count * months})`;
  return { start: day, end: `(${day} + 1)` };
}

/** Each member is a range; its `start` and `end` can be used as values too. */
export function relativeRanges(
  codes: Readonly<Record<string, string>>,
  refused: string[],
): Readonly<Record<string, object>> {
  const edge = (sql: string): object => {
    const made = { isRange: false, toString: () => 'query.RelativeDate' };
    bounds.set(made, { start: sql, end: `(${sql} + 1)` });
    return made;
  };
  const ranges: Record<string, object> = Object.fromEntries(
    Object.entries(codes).map(([name, code]) => {
      const start = `BUILTIN.RELATIVE_RANGES('${code}', 'START')`;
      const end = `BUILTIN.RELATIVE_RANGES('${code}', 'END')`;
      const range = {
        dateId: code,
        isRange: true,
        start: edge(start),
        end: edge(end),
        toString: () => 'query.RelativeDate',
      };
      bounds.set(range, { start, end: `(${end} + 1)` });
      return [name, range];
    }),
  );
  for (const name of refused) refuseProperty(ranges, 'query.RelativeDateRange', name);
  return Object.freeze(ranges);
}
