import { ApiError, readStream } from './api';
import type { Overview } from './types';

export interface LiveListener {
  overview: (overview: Overview) => void;
  settled: (settled: readonly { operationId: string; state: string }[]) => void;
  status: (status: 'live' | 'connecting') => void;
  refused: () => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** Keeps the stream open: after a break it connects again, waiting longer each time. Answers how to end it. */
export function goLive(listener: LiveListener): () => void {
  const ended = new AbortController();
  void run(listener, ended.signal);
  return () => ended.abort();
}

async function run(listener: LiveListener, signal: AbortSignal): Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      listener.status('connecting');
      await readStream(signal, (event, data) => {
        waitMs = FIRST_WAIT_MS;
        listener.status('live');
        if (event === 'overview') listener.overview(data as Overview);
        if (event === 'settled') listener.settled(data as { operationId: string; state: string }[]);
      });
    } catch (error) {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
        listener.refused();
        return;
      }
    }
    if (signal.aborted) return;
    listener.status('connecting');
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}
