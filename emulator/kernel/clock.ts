import type { Clock } from './types';

/** Longest delay setTimeout takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

interface Alarm {
  atMs: number;
  call: () => void;
}

/** Virtual time: runs with real time from wherever it was last set. Alarms fire in order of their time, also when time jumps over several. */
export class VirtualClock implements Clock {
  private readonly realNow: () => number;
  private offsetMs = 0;
  private readonly alarms = new Set<Alarm>();
  private timer: NodeJS.Timeout | undefined;

  constructor(realNow: () => number = Date.now) {
    this.realNow = realNow;
  }

  now(): number {
    return this.realNow() + this.offsetMs;
  }

  set(ms: number): void {
    this.offsetMs = ms - this.realNow();
    this.fireDue();
  }

  advance(ms: number): void {
    this.offsetMs += ms;
    this.fireDue();
  }

  at(atMs: number, call: () => void): () => void {
    const alarm = { atMs, call };
    this.alarms.add(alarm);
    this.arm();
    return () => {
      this.alarms.delete(alarm);
      this.arm();
    };
  }

  /** Real time again, no alarms. */
  reset(): void {
    this.offsetMs = 0;
    this.alarms.clear();
    this.arm();
  }

  private next(): Alarm | undefined {
    let first: Alarm | undefined;
    for (const alarm of this.alarms) if (!first || alarm.atMs < first.atMs) first = alarm;
    return first;
  }

  private fireDue(): void {
    for (let alarm = this.next(); alarm && alarm.atMs <= this.now(); alarm = this.next()) {
      this.alarms.delete(alarm);
      alarm.call();
    }
    this.arm();
  }

  private arm(): void {
    clearTimeout(this.timer);
    const alarm = this.next();
    if (!alarm) return;
    this.timer = setTimeout(() => this.fireDue(), Math.min(Math.max(alarm.atMs - this.now(), 0), MAX_TIMER_MS));
    this.timer.unref();
  }
}
