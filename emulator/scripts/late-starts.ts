import type { Execution } from '../kernel/types';

/** So long in real time a task waits for the execution that asked for it to end or to look at it: then it starts beside it. */
const LATEST_START_MS = 3_000;

/**
 * A task that a script asked for does not start at once: the script sees it PENDING (section_1508887826). It starts when that execution has
 * looked at its status or is over, so that no clock decides what a script sees.
 */
export class LateStarts {
  /** By task that waits: starts it. */
  private readonly waiting = new Map<string, () => void>();

  /** Settles when the task may start; without a submitter as soon as the present call is answered. */
  until(taskId: string, submitter?: Execution): Promise<void> {
    return new Promise<void>((resolve) => {
      if (!submitter) return void setImmediate(resolve);
      const latest = setTimeout(() => this.begin(taskId), LATEST_START_MS).unref();
      this.waiting.set(taskId, () => {
        this.waiting.delete(taskId);
        clearTimeout(latest);
        setImmediate(resolve);
      });
      (submitter.whenOver ??= []).push(() => this.begin(taskId));
    });
  }

  /** Somebody has seen the task PENDING, or nobody can any more. */
  begin(taskId: string): void {
    this.waiting.get(taskId)?.();
  }
}
