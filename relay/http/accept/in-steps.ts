import { setImmediate } from 'node:timers/promises';

/** Records worked on before others get their turn: a few ms. */
const STEP = 50;

/** Works through a long list in steps, so that a request of a thousand records does not keep a single one waiting. */
export async function inSteps<T>(items: readonly T[], work: (item: T, index: number) => void): Promise<void> {
  for (let from = 0; from < items.length; from += STEP) {
    if (from > 0) await setImmediate();
    items.slice(from, from + STEP).forEach((item, at) => work(item, from + at));
  }
}
