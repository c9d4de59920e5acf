import { availableParallelism } from 'node:os';

/** One execution as the turns see it. All times in ms of real time. */
export interface Turn {
  /** What its script's own code has taken so far. */
  usedMs: number;
  /** Since when it runs without having let another go first. */
  sliceSince: number;
  runningSince: number | undefined;
}

interface Waiting {
  turn: Turn;
  since: number;
  go: () => void;
}

/** So long an execution goes on from call to call while others wait: each change of threads finds cold caches. */
const SLICE_MS = 10;
/** Who runs longer than this without any call counts no more: a script that waits in a loop must not keep the others from starting. */
const LONGEST_STRETCH_MS = 30;
/** Until it has used this much an execution is young: a call for one record ends about here. */
const YOUNG_MS = 12;

/** How many may run at a time. */
export interface Places {
  /** While a young execution is among them: it has a processor nearly to itself. */
  few: number;
  /** Otherwise: one of them always has something to do while others wait for the account. */
  many: number;
}

const processors = availableParallelism();
const PLACES: Places = { few: processors, many: processors + 4 };

/**
 * Decides which host threads run scripts at this moment: while a young execution is among them as many as there are processors, those that
 * have used least first. In an account each execution has a processor of its own; here five of them on two processors would each be slowed
 * by the other four, and a call that takes 10 ms would last as long as its share of a long batch. What waits for the account, for a fault's
 * latency or at a hold takes no turn.
 */
export class Turns {
  private readonly places: Places;
  private readonly now: () => number;
  private readonly later: (work: () => void) => void;
  private readonly running = new Set<Turn>();
  private waiting: Waiting[] = [];
  private watch: NodeJS.Timeout | undefined;

  constructor(places = PLACES, now = () => performance.now(), later = (work: () => void) => void setImmediate(work)) {
    this.places = places;
    this.now = now;
    this.later = later;
  }

  open(): Turn {
    return { usedMs: 0, sliceSince: 0, runningSince: undefined };
  }

  /** Lets the execution's thread run, now or when it is its turn. */
  take(turn: Turn, go: () => void): void {
    const now = this.now();
    if (this.running.has(turn) && this.goesOn(turn, now)) return this.start(turn, now, go);
    this.running.delete(turn);
    if (this.waiting.length === 0 && this.running.size < this.placesFor(turn)) {
      turn.sliceSince = now;
      return this.start(turn, now, go);
    }
    this.waiting.push({ turn, since: now, go });
    this.admit();
  }

  /** The execution's thread asks the account, or is done. Its place is kept until the account has had time to answer at once. */
  leave(turn: Turn): void {
    if (turn.runningSince !== undefined) turn.usedMs += this.now() - turn.runningSince;
    turn.runningSince = undefined;
    if (this.waiting.length === 0) {
      this.running.delete(turn);
      return;
    }
    this.later(() => {
      if (turn.runningSince !== undefined) return;
      this.running.delete(turn);
      this.admit();
    });
  }

  /** The execution is over, or stopped where it stood. */
  close(turn: Turn): void {
    turn.runningSince = undefined;
    this.running.delete(turn);
    this.waiting = this.waiting.filter((one) => one.turn !== turn);
    this.admit();
  }

  private goesOn(turn: Turn, now: number): boolean {
    if (this.running.size > this.placesFor(turn)) return false;
    return this.waiting.length === 0 || now - turn.sliceSince < SLICE_MS;
  }

  private placesFor(turn: Turn): number {
    const { few, many } = this.places;
    if (isYoung(turn)) return many;
    for (const one of this.running) if (isYoung(one)) return few;
    return many;
  }

  private start(turn: Turn, now: number, go: () => void): void {
    turn.runningSince = now;
    this.running.add(turn);
    go();
  }

  private admit(): void {
    const now = this.now();
    while (this.waiting.length > 0) {
      const next = this.waiting.reduce((best, one) => (claim(one, now) < claim(best, now) ? one : best));
      if (this.countRunning(now) >= this.placesFor(next.turn)) break;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      next.turn.sliceSince = now;
      this.start(next.turn, now, next.go);
    }
    if (this.waiting.length > 0) this.watch ??= setInterval(() => this.admit(), LONGEST_STRETCH_MS).unref();
    else {
      clearInterval(this.watch);
      this.watch = undefined;
    }
  }

  private countRunning(now: number): number {
    let running = 0;
    for (const { runningSince } of this.running)
      if (runningSince === undefined || now - runningSince < LONGEST_STRETCH_MS) running += 1;
    return running;
  }
}

const isYoung = (turn: Turn): boolean => turn.usedMs < YOUNG_MS;

/** Who has used least goes first; waiting counts as much as using, so that nobody waits for ever. */
const claim = ({ turn, since }: Waiting, now: number): number => turn.usedMs - (now - since);
