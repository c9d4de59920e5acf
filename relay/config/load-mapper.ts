import { readFileSync } from 'node:fs';
import { buildExternalId, FlowDefinitionError, loadFlows, mapRecord, parseFlow } from '../../flows';
import type { Flow, FlowSet } from '../../flows';
import type { Transform } from '../../flows';
import { findSourceOfKey } from '../crm/find-source-of-key';
import { ConfigError } from './config-error';
import { loadTransforms } from './load-transforms';
import type { RelayConfig } from './schema';

/** The flows of every account, checked. Accounts differ in settings and time zone, so each has a set of its own. */
export class FlowMapper {
  readonly requiresMs: number;
  readonly #sets: ReadonlyMap<string, FlowSet>;

  constructor(sets: ReadonlyMap<string, FlowSet>, requiresMs: number) {
    this.#sets = sets;
    this.requiresMs = requiresMs;
  }

  /** Enabled flows towards NetSuite that take this object: those of the CRM's kind, and those written for this source. */
  flowsFor(source: { kind: string; name: string }, object: string): readonly Flow[] {
    return this.#ofSource(source, (set, crm) => set.flowsFor(crm, object));
  }

  /** Enabled flows that give records of this object what NetSuite knows of their customer. */
  contextFlowsFor(source: { kind: string; name: string }, object: string): readonly Flow[] {
    return this.#ofSource(source, (set, crm) => set.contextFlowsFor(crm, object));
  }

  #ofSource(
    { kind, name }: { kind: string; name: string },
    flowsOf: (set: FlowSet, crm: string) => readonly Flow[],
  ): readonly Flow[] {
    const set = this.#sets.values().next().value;
    if (!set) return [];
    return name === kind ? flowsOf(set, kind) : [...flowsOf(set, kind), ...flowsOf(set, name)];
  }

  map(flow: Flow, record: unknown, account: string) {
    const set = this.set(account);
    return mapRecord(flow, record, set.context);
  }

  /** Which record of a CRM an external id speaks of; null when no enabled flow gives such ids. */
  sourceOfKey(account: string, recordType: string, externalId: string) {
    const { flows, context } = this.set(account);
    const found = findSourceOfKey(flows, recordType, externalId, context.settings);
    if (!found) return null;
    const { flow, crmId } = found;
    const keyOf = (id: string): string => buildExternalId(flow.key.prefix, id, context.settings);
    return { crm: flow.crm, object: flow.object, crmId, keyOf };
  }

  /** The flows of an account, in both directions. */
  set(account: string): FlowSet {
    const set = this.#sets.get(account);
    if (!set) throw new Error(`no flows are loaded for the account ${account}`);
    return set;
  }
}

/** What of a configuration says what flows. */
type FlowConfig = Pick<RelayConfig, 'flows' | 'transforms'> & {
  netsuite: readonly Pick<RelayConfig['netsuite'][number], 'account' | 'timeZone' | 'settings'>[];
  timeouts: Pick<RelayConfig['timeouts'], 'requiresMs'>;
};

/** Loads the flows a configuration names; `lastOverlay` is read in the place of the last overlay's file. Throws `ConfigError` with the flow and the path inside it. */
export function loadMapper(config: FlowConfig, file: string, lastOverlay?: string): FlowMapper {
  try {
    const transforms = loadTransforms(config.transforms.map(({ file: module }) => module));
    return new FlowMapper(
      new Map(
        config.netsuite.map((netsuite) => [netsuite.account, loadSet(config, netsuite, transforms, lastOverlay)]),
      ),
      config.timeouts.requiresMs,
    );
  } catch (error) {
    if (!(error instanceof FlowDefinitionError)) throw error;
    throw new ConfigError(
      file,
      error.issues.map(({ flow, path, message }) => ({ path: `flows.${flow}.${path}`, message })),
    );
  }
}

function loadSet(
  config: FlowConfig,
  { timeZone, settings }: FlowConfig['netsuite'][number],
  transforms: Readonly<Record<string, Transform>>,
  lastOverlay: string | undefined,
): FlowSet {
  const presets: string[] = [];
  const files: { name: string; text: string }[] = [];
  const overlays: { name: string; text: string }[] = [];
  const enabled: Record<string, boolean> = {};
  for (const entry of config.flows) {
    if (typeof entry === 'string') presets.push(entry);
    else if ('crm' in entry) files.push({ name: entry.id, text: JSON.stringify(parseFlow(entry)) });
    else if ('file' in entry) files.push({ name: entry.file, text: readFlowText(entry.file) });
    else if ('overlay' in entry) overlays.push({ name: entry.overlay, text: readFlowText(entry.overlay) });
    else enabled[entry.id] = entry.enabled;
  }
  if (lastOverlay !== undefined) overlays.splice(-1, 1, { name: 'the promoted overlay', text: lastOverlay });
  return loadFlows({ presets, files, overlays, enabled, timeZone, settings, transforms });
}

function readFlowText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FlowDefinitionError([{ flow: file, path: '(file)', message: `can't be read: ${reason}` }]);
  }
}
