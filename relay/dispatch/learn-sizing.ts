import { groupOf, type Usage } from '../../contract';
import type { Sizing, TakenBatch } from '../store/types';

export interface SizingOptions {
  /** Units of a call that batches aim at: 60 % of what the script may use. */
  targetUnits: number;
  /** Time of a call that batches aim at, in ms. */
  targetMs: number;
  /** First batch per group, before anything is known. */
  first: Readonly<Record<string, number>>;
  most: number;
}

interface Learnt {
  maxOperations: number;
  unitsPerWeight: number | null;
  fixedMs: number;
  msPerWeight: number;
}

/** A file may fill the 10 MB of a request by itself. */
const ALONE: ReadonlySet<string> = new Set(['file']);
/** Weight of the newest observation. */
const NEWEST = 0.3;
const blend = (old: number | null, seen: number): number => (old === null ? seen : old * (1 - NEWEST) + seen * NEWEST);

/** Learns per record type how many operations fit into one call, from the units and ms that NetSuite reports. */
export class SizingLearner {
  readonly #options: SizingOptions;
  readonly #learnt = new Map<string, Learnt>();

  constructor(options: SizingOptions) {
    this.#options = options;
    for (const type of ALONE) this.#of(type);
  }

  sizingOf(recordType: string): Sizing {
    const { maxOperations, fixedMs, msPerWeight } = this.#of(recordType);
    const most = ALONE.has(recordType) ? 1 : maxOperations;
    return { maxOperations: most, maxWeight: this.#maxWeight(recordType), fixedMs, msPerWeight };
  }

  all(): Record<string, Sizing> {
    return Object.fromEntries([...this.#learnt.keys()].map((type) => [type, this.sizingOf(type)]));
  }

  /** A batch was answered. What was handed back as deferred shows that the batch was too large. */
  answered(batch: TakenBatch, usage: Usage, deferred: number): void {
    const learnt = this.#of(batch.recordType);
    const weight = batch.operations.reduce((sum, operation) => sum + operation.weight, 0);
    const worked = batch.operations.length - deferred;
    if (worked <= 0) {
      learnt.maxOperations = Math.max(1, Math.floor(learnt.maxOperations / 2));
      return;
    }
    const doneWeight = (weight * worked) / batch.operations.length;
    learnt.unitsPerWeight = blend(learnt.unitsPerWeight, usage.unitsUsed / doneWeight);
    learnt.msPerWeight = blend(learnt.msPerWeight, Math.max(0, usage.ms - learnt.fixedMs) / doneWeight);
    if (deferred > 0) learnt.maxOperations = Math.max(1, worked);
    else if (batch.operations.length >= learnt.maxOperations) {
      learnt.maxOperations = Math.min(this.#options.most, Math.ceil(learnt.maxOperations * 1.25));
    }
  }

  /** The script was ended by a limit: half of it must do. */
  exceeded(recordType: string): void {
    const learnt = this.#of(recordType);
    learnt.maxOperations = Math.max(1, Math.floor(learnt.maxOperations / 2));
  }

  #maxWeight(recordType: string): number {
    const { unitsPerWeight, msPerWeight, fixedMs } = this.#of(recordType);
    const byUnits = unitsPerWeight ? this.#options.targetUnits / unitsPerWeight : Number.MAX_SAFE_INTEGER;
    const byTime = msPerWeight > 0 ? (this.#options.targetMs - fixedMs) / msPerWeight : Number.MAX_SAFE_INTEGER;
    return Math.max(1, Math.floor(Math.min(byUnits, byTime)));
  }

  #of(recordType: string): Learnt {
    let learnt = this.#learnt.get(recordType);
    if (!learnt) {
      const group = groupOf(recordType);
      const first =
        this.#options.first[recordType] ?? this.#options.first[group] ?? this.#options.first['default'] ?? 50;
      learnt = { maxOperations: first, unitsPerWeight: null, fixedMs: 150, msPerWeight: 0 };
      this.#learnt.set(recordType, learnt);
    }
    return learnt;
  }
}
