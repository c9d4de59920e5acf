/** Wakes whoever waits for an account's bulk job. A ring while nobody waits is kept for the next wait: it may be news. */
export class JobBell {
  #rung = false;
  #wake: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves after `delayMs`, at a ring, or when the signal ends it. One waits at a time. */
  async wait(delayMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted)
      await new Promise<void>((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          this.#wake = null;
          resolve();
        };
        const timer = setTimeout(end, delayMs);
        signal.addEventListener('abort', end);
        this.#wake = end;
      });
    this.#rung = false;
  }
}
