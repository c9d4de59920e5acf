import { diffFlows, diffSettings, type FlowDifference } from '../../../flows/diff-flows';
import { findInternalIds } from '../../../flows/names-of-flows';
import type { Overlay } from '../../../flows/overlay';
import type { FlowSet } from '../../../flows';

export interface Promotion {
  /** What the target's overlay becomes. */
  overlay: Overlay;
  /** What changes in the target, flow by flow. */
  differences: FlowDifference[];
  /** Why it must not be: ids that only the account knows in which they were read. */
  refused: { path: string; value: string }[];
  /** Settings of the source that the target has with another value, and keeps. */
  kept: string[];
}

/** Settings that belong to one environment alone. */
const OWN: ReadonlySet<string> = new Set(['externalIdSuffix']);

/**
 * The changes of flows go over as a whole; settings only where the target has none, because a name may be another one there. `load` makes
 * the target's flows with a given overlay, and throws for one that must not run.
 */
export function promoteOverlay(source: Overlay, target: Overlay, load: (overlay: Overlay) => FlowSet): Promotion {
  const added = Object.entries(source.settings).filter(([name]) => !OWN.has(name) && !(name in target.settings));
  const overlay: Overlay = {
    ...target,
    settings: { ...target.settings, ...Object.fromEntries(added) },
    flows: source.flows,
  };
  const [before, after] = [load(target), load(overlay)];
  const kept = Object.entries(source.settings)
    .filter(([name, value]) => name in target.settings && target.settings[name] !== value)
    .map(([name]) => name);
  return {
    overlay,
    differences: [
      ...diffFlows(before.flows, after.flows),
      ...diffSettings(before.context.settings, after.context.settings),
    ],
    refused: findInternalIds(after.flows, after.context.settings),
    kept,
  };
}
