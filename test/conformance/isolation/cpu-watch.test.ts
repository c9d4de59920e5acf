import { CpuWatch } from '../../../emulator/host/cpu-watch';

/** A thread as the watch sees it: a clock, and what the thread has used of it. */
function thread(usedMs: () => number | undefined): { watch: CpuWatch; at: (ms: number) => void } {
  let now = 0;
  return {
    watch: new CpuWatch(
      () => Promise.resolve(usedMs()),
      () => now,
    ),
    at: (ms) => {
      now = ms;
    },
  };
}
const running = (): boolean => true;

describe('the limit of a script that makes no call (section_161591009480)', () => {
  it('ends one whose thread has used that much processor time', async () => {
    let used = 200;
    const { watch, at } = thread(() => used);
    at(250);
    expect(await watch.isBurned(0, 1000, running)).toBe(false);
    used = 900;
    at(1000);
    expect(await watch.isBurned(0, 1000, running)).toBe(false);
    used = 960;
    at(1050);
    expect(await watch.isBurned(0, 1000, running)).toBe(true);
  });

  it('leaves one alone that others keep from the processors, for twelve times as long', async () => {
    const { watch, at } = thread(() => 10);
    at(250);
    await watch.isBurned(0, 1000, running);
    at(11_000);
    expect(await watch.isBurned(0, 1000, running)).toBe(false);
    at(12_000);
    expect(await watch.isBurned(0, 1000, running)).toBe(true);
  });

  it('counts each stretch between two calls for itself, and none that is over when the thread answers', async () => {
    let used = 5_000;
    const { watch, at } = thread(() => used);
    at(10_000);
    expect(await watch.isBurned(9_900, 1000, running)).toBe(false);
    used = 6_500;
    at(11_500);
    expect(await watch.isBurned(11_400, 1000, running)).toBe(false);
    at(12_500);
    used = 7_600;
    expect(await watch.isBurned(11_400, 1000, () => false)).toBe(false);
    expect(await watch.isBurned(11_400, 1000, running)).toBe(true);
  });

  it('goes by the clock where the processor time of a thread can not be read', async () => {
    const { watch, at } = thread(() => undefined);
    at(250);
    expect(await watch.isBurned(0, 1000, running)).toBe(false);
    at(1000);
    expect(await watch.isBurned(0, 1000, running)).toBe(true);
  });
});
