import type { ControlAnswer } from './call';
import { badRequest } from './control-error';

/** Dates of four-digit years: beyond them texts of dates have another form, and from the year 275,760 on there are none. */
const LATEST = Date.UTC(9999, 0, 1);

/** Moves virtual time: `advanceMs`, or `set` to an ISO 8601 instant from which it runs on. */
export const advanceClock: ControlAnswer = async ({ front, body }) => {
  const { advanceMs, set } = (body ?? {}) as { advanceMs?: unknown; set?: string | number };
  const { account } = front;
  const { clock } = account;
  const before = clock.now();
  if (set !== undefined) {
    const ms = typeof set === 'number' ? set : Date.parse(set);
    if (Number.isNaN(ms)) throw badRequest('set must be an ISO 8601 instant');
    requireDate('set', ms);
    clock.set(ms);
  } else if (typeof advanceMs === 'number' && Number.isFinite(advanceMs)) {
    requireDate('advanceMs', clock.now() + advanceMs);
    clock.advance(advanceMs);
  } else throw badRequest('give advanceMs (a number) or set (ISO 8601)');
  // What is planned for a time that lay ahead would rest until then.
  if (clock.now() < before)
    for (const part of account.partList) await part.control?.['clock.setBack']?.(account, {} as never);
  return { now: new Date(clock.now()).toISOString() };
};

function requireDate(place: string, ms: number): void {
  if (ms < 0 || ms >= LATEST) throw badRequest(`${place} must lead to a time from 1970 to 9998`);
}
