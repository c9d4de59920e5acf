/** Processor time of the script's thread so far, in ms; undefined where Node can't tell (before 24.6). */
export type ReadCpuMs = () => Promise<number | undefined>;

/**
 * So much of the limit may pass on the clock without being processor time: a thread that others keep from running is innocent, one that no longer
 * tells what it used is not.
 */
const WALL_FACTOR = 12;

interface Baseline {
  since: number;
  /** Real time of the stretch that had passed when it was first looked at: all of it counts. */
  elapsedMs: number;
  cpuMs: number | undefined;
}

/**
 * Tells a script that computes without end from one that waits for a processor: of a stretch without API calls, its thread's own processor
 * time counts. Looks only at stretches that outlast a look, so that usual calls cost nothing. All times in ms of real time.
 */
export class CpuWatch {
  private readonly readCpuMs: ReadCpuMs;
  private readonly now: () => number;
  private baseline: Baseline | undefined;

  constructor(readCpuMs: ReadCpuMs, now: () => number = () => performance.now()) {
    this.readCpuMs = readCpuMs;
    this.now = now;
  }

  /** Whether the stretch that began at `since` has used up `limitMs`. `stillRuns` tells whether it goes on after the thread was asked. */
  async isBurned(since: number, limitMs: number, stillRuns: () => boolean): Promise<boolean> {
    const wallMs = this.now() - since;
    if (wallMs >= limitMs * WALL_FACTOR) return true;
    if (this.baseline?.since !== since) {
      const baseline: Baseline = { since, elapsedMs: wallMs, cpuMs: undefined };
      this.baseline = baseline;
      baseline.cpuMs = await this.readCpuMs();
      return false;
    }
    if (wallMs < limitMs) return false;
    const { elapsedMs, cpuMs } = this.baseline;
    const usedMs = await this.readCpuMs();
    if (!stillRuns()) return false;
    return cpuMs === undefined || usedMs === undefined || elapsedMs + usedMs - cpuMs >= limitMs;
  }
}
