import { parse } from 'yaml';
import { parseFlow } from './define-flow';
import { FlowDefinitionError } from './flow-definition-error';
import type { Flow } from './flow-schema';
import { createFlowSet, type FlowSet, type FlowSetOptions } from './flow-set';
import { HUBSPOT_FLOWS } from './hubspot';
import { applyOverlay, readOverlay } from './overlay';
import { SALESFORCE_FLOWS } from './salesforce';

/** The flows that ship, by CRM. */
export const PRESETS: Readonly<Record<string, readonly Flow[]>> = {
  salesforce: SALESFORCE_FLOWS,
  hubspot: HUBSPOT_FLOWS,
};

export interface LoadFlowsOptions extends FlowSetOptions {
  /** Names of presets, `salesforce` and `hubspot`. */
  presets?: readonly string[];
  /** Texts of flow files, YAML or JSON; a flow with the id of a preset's takes its place. */
  files?: readonly { name: string; text: string }[];
  /** Texts of overlays, applied in order over presets and files; their settings take the place of those given. */
  overlays?: readonly { name: string; text: string }[];
  /** Flows by id to switch on or off. */
  enabled?: Readonly<Record<string, boolean>>;
}

/** Presets, then files over them, overlays over both, then switches; checked as a whole. Throws `FlowDefinitionError`. */
export function loadFlows(options: LoadFlowsOptions = {}): FlowSet {
  const flows = new Map<string, Flow>();
  for (const name of options.presets ?? []) {
    const preset = PRESETS[name];
    if (!preset) {
      const known = Object.keys(PRESETS).join(', ');
      throw new FlowDefinitionError([
        { flow: name, path: 'presets', message: `there is no such preset. Known: ${known}` },
      ]);
    }
    for (const flow of preset) flows.set(flow.id, flow);
  }
  const fileOf = new Map<string, string>();
  for (const file of options.files ?? []) {
    for (const flow of readFlowFile(file.name, file.text)) {
      const other = fileOf.get(flow.id);
      if (other !== undefined) {
        const message = `stands twice, in ${other} and in ${file.name}: only one of them could be in force`;
        throw new FlowDefinitionError([{ flow: flow.id, path: 'id', message }]);
      }
      fileOf.set(flow.id, file.name);
      flows.set(flow.id, flow);
    }
  }
  let settings = options.settings ?? {};
  for (const { name, text } of options.overlays ?? []) {
    const overlay = readOverlay(name, text);
    for (const flow of applyOverlay([...flows.values()], overlay, name)) flows.set(flow.id, flow);
    settings = { ...settings, ...overlay.settings };
  }
  for (const [id, enabled] of Object.entries(options.enabled ?? {})) {
    const flow = flows.get(id);
    if (!flow) throw new FlowDefinitionError([{ flow: id, path: 'enabled', message: 'there is no flow of this id' }]);
    flows.set(id, { ...flow, enabled });
  }
  return createFlowSet([...flows.values()], { ...options, settings });
}

/** One flow, or a list of them under `flows`. */
export function readFlowFile(name: string, text: string): Flow[] {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new FlowDefinitionError([
      { flow: name, path: '(file)', message: `is no YAML or JSON: ${(error as Error).message}` },
    ]);
  }
  const listed = (content as { flows?: unknown } | null)?.flows;
  if (Array.isArray(listed)) return listed.map(parseFlow);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    const found = Array.isArray(content) ? 'is a list' : content === null ? 'is empty' : 'is a text';
    const message = `${found}: write one flow (id, title, crm, object …), or several as a list under "flows:"`;
    throw new FlowDefinitionError([{ flow: name, path: '(file)', message }]);
  }
  return [parseFlow(content)];
}
