import type { Flow } from '../../flows';

/** What is known of a flow's newest operation. */
export interface LastSeen {
  atMs: number;
  /** Nothing was ever seen of it: `atMs` is when the watch began. */
  never: boolean;
}

export interface QuietFlow {
  flow: string;
  title: string;
  hours: number;
  never: boolean;
}

const HOUR_MS = 3_600_000;

/** Flows in force that have had nothing to carry for longer than their `quietAfterHours` allows. Pure. */
export function judgeQuiet(
  flows: readonly Pick<Flow, 'id' | 'title' | 'enabled' | 'quietAfterHours'>[],
  lastOf: (flow: string) => LastSeen | undefined,
  nowMs: number,
): QuietFlow[] {
  return flows.flatMap(({ id, title, enabled, quietAfterHours }) => {
    const last = lastOf(id);
    if (!enabled || quietAfterHours === undefined || last === undefined) return [];
    const quietMs = nowMs - last.atMs;
    return quietMs < quietAfterHours * HOUR_MS
      ? []
      : [{ flow: id, title, hours: Math.floor(quietMs / HOUR_MS), never: last.never }];
  });
}
