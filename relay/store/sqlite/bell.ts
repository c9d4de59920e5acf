/**
 * Wakes the writer's thread. It sleeps on a word of shared memory, not in an event loop: a message that has to come through the loop of a
 * thread that was asleep costs about a third of a lone acceptance (measured: loop, event and next turn, 250 µs of processor time).
 */
export type Bell = Int32Array<SharedArrayBuffer>;

export const newBell = (): Bell => new Int32Array(new SharedArrayBuffer(4));

/** To be called after the message was posted. */
export function ring(bell: Bell): void {
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
}

/** How often it was rung: to be asked for before messages are looked for, so that none is missed. */
export const rings = (bell: Bell): number => Atomics.load(bell, 0);

/** Sleeps until the bell was rung more often than `known`, at most so long. */
export const sleep = (bell: Bell, known: number, forMs: number): void => {
  Atomics.wait(bell, 0, known, forMs);
};
