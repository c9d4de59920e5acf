import { startPurging } from '../../../relay/runtime/start-purging';

type Services = Parameters<typeof startPurging>[0];

/** A store whose steps end when the test says so, each with so many rows removed. */
function slowPurge() {
  const steps: ((removed: number) => void)[] = [];
  const stop = startPurging({
    settings: () => ({ config: { retention: { doneDays: 30, idempotencyDays: 7, failureDays: 90 } } }),
    store: { purge: () => new Promise<number>((resolve) => steps.push(resolve)) },
    now: () => 0,
    log: { info: () => undefined, error: () => undefined },
  } as unknown as Services);
  return { steps, stop };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a purge that takes longer than a minute is not begun a second time beside itself', async () => {
  const { steps, stop } = slowPurge();
  await jest.advanceTimersByTimeAsync(180_000);
  expect(steps).toHaveLength(1);
  steps[0]?.(0);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(steps).toHaveLength(2);
  steps[1]?.(0);
  await stop();
});

test('a stop waits for the step of a purge that is under way, and for no other', async () => {
  const { steps, stop } = slowPurge();
  await jest.advanceTimersByTimeAsync(60_000);
  const stopped = stop();
  steps[0]?.(500);
  await stopped;
  expect(steps).toHaveLength(1);
});
