import type { RelayServices } from '../http/services';

const EVERY_MS = 60_000;

/** Writes down once a minute, and at the end, when each flow last had something to carry. Answers a function that stops it. */
export function startSavingActivity({ activity, store, log }: RelayServices): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const save = (): Promise<void> =>
    (running = running
      .then(() => activity.save(store))
      .catch((error: unknown) => log.warn({ err: error }, 'when flows last had something to carry could not be kept')));
  const timer = setInterval(() => void save(), EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await save();
  };
}
