import type { Execution, FaultMatch, FaultPoint, FaultSpec, Faults } from './types';

interface ActiveFault {
  id: string;
  spec: FaultSpec & { released?: Promise<void> };
  seen: number;
  struck: number;
  random: () => number;
  release: () => void;
}

/** The faults that are set, each counting its own matches (`nth`, `times`) and drawing from its own seeded generator. */
export class FaultBoard implements Faults {
  private active: ActiveFault[] = [];
  private lastId = 0;

  add(given: FaultSpec): string {
    const spec = given.kind === 'restart' ? restartSpec(given) : given;
    const id = `fault_${++this.lastId}`;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const own = spec.kind === 'hold' ? { ...spec, released } : spec;
    this.active.push({ id, spec: own, seen: 0, struck: 0, random: seededRandom(spec.seed ?? 1), release });
    return id;
  }

  /** Lets go what a `hold` holds; false when there is no such fault. */
  release(id: string): boolean {
    const found = this.active.find((fault) => fault.id === id);
    if (!found) return false;
    found.release();
    this.active = this.active.filter((fault) => fault !== found);
    return true;
  }

  clear(): void {
    for (const fault of this.active) fault.release();
    this.active = [];
  }

  strike(kind: string, point: FaultPoint): FaultSpec | undefined {
    return this.active.find((fault) => fault.spec.kind === kind && strikes(fault, point))?.spec;
  }

  list(): { faultId: string; kind: string; struck: number; holding: boolean }[] {
    return this.active.map(({ id, spec, struck }) => ({
      faultId: id,
      kind: spec.kind,
      struck,
      holding: spec.kind === 'hold' && struck > 0,
    }));
  }

  /** Whether this `hold` holds a call now. */
  isHolding(id: string): boolean {
    return this.active.some((fault) => fault.id === id && fault.struck > 0);
  }
}

/** `restart {stage, afterInvocations}` strikes the invocation of that number in the stage, once. */
function restartSpec(spec: FaultSpec): FaultSpec {
  const { stage, afterInvocations } = spec as { stage?: string; afterInvocations?: number };
  const match = {
    ...spec.match,
    ...(stage === undefined ? {} : { stage }),
    ...(afterInvocations === undefined ? {} : { nth: afterInvocations }),
  };
  return { ...spec, match, times: spec.times ?? 1 };
}

function strikes(fault: ActiveFault, point: FaultPoint): boolean {
  const { match = {}, times, probability } = fault.spec;
  if (!matches(match, point)) return false;
  // Latency without an API belongs to the whole request, with one to each such call.
  if (fault.spec.kind === 'latency' && (match.api === undefined) !== (point.api === undefined)) return false;
  if (times !== undefined && fault.struck >= times) return false;
  fault.seen += 1;
  if (match.nth !== undefined && fault.seen !== match.nth) return false;
  if (probability !== undefined && fault.random() >= probability) return false;
  // One hold holds one call, unless it says otherwise: whoever comes later passes.
  if (fault.spec.kind === 'hold' && times === undefined && fault.struck > 0) return false;
  fault.struck += 1;
  return true;
}

function matches(match: FaultMatch, point: FaultPoint): boolean {
  const execution = point.execution;
  return (
    same(match.scriptId, scriptOf(execution, 'scriptId')) &&
    same(match.deploymentId, scriptOf(execution, 'deploymentId')) &&
    same(match.api, point.api) &&
    same(match.recordType, point.recordType) &&
    same(match.recordId === undefined ? undefined : String(match.recordId), point.recordId) &&
    same(match.stage, point.stage ?? execution?.stage)
  );
}

const scriptOf = (execution: Execution | undefined, key: 'scriptId' | 'deploymentId'): string | undefined =>
  execution?.[key] ?? undefined;

const same = (wanted: string | undefined, actual: string | undefined): boolean =>
  wanted === undefined || wanted.toLowerCase() === actual?.toLowerCase();

/** mulberry32: small, seedable, good enough to choose which calls a fault hits. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
