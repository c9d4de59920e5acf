import type { ControlAnswer } from './call';
import { badRequest } from './control-error';

/** Moves virtual time: `advanceMs`, or `set` to an ISO 8601 instant from which it runs on. */
export const advanceClock: ControlAnswer = ({ front, body }) => {
  const { advanceMs, set } = (body ?? {}) as { advanceMs?: unknown; set?: string | number };
  const { clock } = front.account;
  if (set !== undefined) {
    const ms = typeof set === 'number' ? set : Date.parse(set);
    if (Number.isNaN(ms)) throw badRequest('set must be an ISO 8601 instant');
    clock.set(ms);
  } else if (typeof advanceMs === 'number' && Number.isFinite(advanceMs)) clock.advance(advanceMs);
  else throw badRequest('give advanceMs (a number) or set (ISO 8601)');
  return { now: new Date(clock.now()).toISOString() };
};
