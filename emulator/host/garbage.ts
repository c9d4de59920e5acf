import v8 from 'node:v8';
import vm from 'node:vm';

/**
 * Garbage that is let grow: with new objects in 32 MB, a collection of those alone comes about when 60 MB have been allocated. A collection
 * marks the eleven megabytes that live in a thread amid a batch, so half as many of them is 5 % of all processor time of a run of upserts,
 * for about 55 MB more in each busy thread.
 */
const MOST_BYTES = 58 * 2 ** 20;

/** Asking V8 how much is used visits every living context. */
const LOOK_EVERY = 4;

/**
 * Collects what ended executions leave behind. V8 puts a context among the old objects and collects the young ones alone as long as it can;
 * everything a dead context still points to survives those, is copied each time and becomes old itself. A full collection finds few
 * megabytes alive and takes a quarter of the time that two young ones took.
 */
export class Garbage {
  private readonly collect: () => void;
  private keptBytes: number;
  private ended = 0;

  constructor() {
    this.collect = collector();
    this.keptBytes = usedBytes();
  }

  /** To be called when an execution has ended. */
  executionEnded(): void {
    this.ended += 1;
    if (this.ended % LOOK_EVERY !== 0) return;
    if (usedBytes() - this.keptBytes < MOST_BYTES) return;
    this.collect();
    this.keptBytes = usedBytes();
  }
}

const usedBytes = (): number => v8.getHeapStatistics().used_heap_size;

/**
 * V8 gives the function to contexts that are made while the flag is set. Another thread that starts may clear the flag between the two calls:
 * then once more. And should another thread make a script's context just now, the guest takes the function away again (guest/realm.ts).
 */
function collector(): () => void {
  for (;;) {
    v8.setFlagsFromString('--expose-gc');
    const gc = vm.runInNewContext('globalThis.gc') as (() => void) | undefined;
    v8.setFlagsFromString('--no-expose-gc');
    if (gc) return gc;
  }
}
