import type { Store } from '../store/types';

/** Lets callers wait for operations without polling: one listener on the store, one wake-up per request that moved. */
export class Settlements {
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #stop: () => void;
  #closed = false;

  constructor(store: Pick<Store, 'onSettled'>) {
    this.#stop = store.onSettled((settled) => {
      for (const requestId of new Set(settled.map((one) => one.requestId))) {
        for (const wake of this.#waiting.get(requestId) ?? []) wake();
      }
    });
  }

  /**
   * Resolves true as soon as `isDone` says so, false after `waitMs`, when `signal` aborts, or once this is closed. `isDone` is asked at once and after
   * every settlement of the request.
   */
  async waitFor(
    requestId: string,
    isDone: () => Promise<boolean>,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
    for (;;) {
      // Listening begins before asking: a settlement in between is not missed.
      const moved = this.#next(requestId, deadline);
      if (await isDone()) {
        moved.cancel();
        return true;
      }
      if (deadline.aborted || this.#closed) {
        moved.cancel();
        return false;
      }
      await moved.promise;
    }
  }

  /** Whoever waits is answered now, with what is known. */
  close(): void {
    this.#closed = true;
    this.#stop();
    for (const wakes of this.#waiting.values()) for (const wake of wakes) wake();
  }

  #next(requestId: string, deadline: AbortSignal): { promise: Promise<void>; cancel: () => void } {
    let finish: () => void = () => undefined;
    const promise = new Promise<void>((resolve) => {
      finish = () => {
        deadline.removeEventListener('abort', finish);
        const wakes = this.#waiting.get(requestId);
        wakes?.delete(finish);
        if (wakes?.size === 0) this.#waiting.delete(requestId);
        resolve();
      };
    });
    const wakes = this.#waiting.get(requestId) ?? new Set();
    wakes.add(finish);
    this.#waiting.set(requestId, wakes);
    deadline.addEventListener('abort', finish);
    return { promise, cancel: finish };
  }
}
