import * as z from 'zod';
import { explainIssues } from '../contract';
import { parse } from 'yaml';
import { parseFlow } from './define-flow';
import { FlowDefinitionError } from './flow-definition-error';
import type { Flow } from './flow-schema';

/**
 * What one environment says differently: settings by name, and changes of flows. A change is a merge patch (RFC 7396: null removes)
 * in which fields are named by `to`, addresses by `label`, line maps by `sublist`, matches by `field` and requirements by record type.
 */
export const overlaySchema = z.strictObject({
  /** Name of the environment, for people. */
  environment: z.string().min(1).optional(),
  /** Names of forms, subsidiaries, items …, added to and taking the place of the account's `settings`. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  flows: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
export type Overlay = z.output<typeof overlaySchema>;

/** Reads an overlay's text, YAML or JSON. Throws `FlowDefinitionError`. */
export function readOverlay(name: string, text: string): Overlay {
  const refuse = (path: string, message: string): never => {
    throw new FlowDefinitionError([{ flow: name, path, message }]);
  };
  let content: unknown;
  try {
    content = parse(text) ?? {};
  } catch (error) {
    return refuse('(file)', `is no YAML or JSON: ${(error as Error).message}`);
  }
  const parsed = overlaySchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new FlowDefinitionError(
    explainIssues(parsed.error.issues).map(({ path, message }) => ({ flow: name, path: path || '(file)', message })),
  );
}

/** By which member the entries of a list in a flow are named. */
const LIST_KEYS: Readonly<Record<string, string>> = {
  fields: 'to',
  addresses: 'label',
  lines: 'sublist',
  match: 'field',
  requires: 'recordType',
  attachTo: 'recordType',
};

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The flows with an overlay over them, checked anew. Throws `FlowDefinitionError` for a flow that does not exist. */
export function applyOverlay(flows: readonly Flow[], overlay: Overlay, name: string): Flow[] {
  for (const id of Object.keys(overlay.flows)) {
    if (!flows.some((flow) => flow.id === id)) {
      const known = flows.map((flow) => flow.id).join(', ');
      throw new FlowDefinitionError([
        { flow: id, path: `(overlay ${name})`, message: `there is no such flow: ${known}` },
      ]);
    }
  }
  return flows.map((flow) => {
    const patch = overlay.flows[flow.id];
    return patch === undefined ? flow : parseFlow({ ...(merge(flow, patch, '') as Json), id: flow.id });
  });
}

function merge(target: unknown, patch: unknown, name: string): unknown {
  const key = LIST_KEYS[name];
  if (Array.isArray(target) && isObject(patch) && key !== undefined) return mergeList(target, patch, key);
  if (!isObject(patch)) return patch;
  const result: Json = isObject(target) ? { ...target } : {};
  for (const [member, value] of Object.entries(patch)) {
    if (value === null) delete result[member];
    else result[member] = merge(result[member], value, member);
  }
  return result;
}

/** Entries keep their places; new ones come last. */
function mergeList(target: readonly unknown[], patch: Json, key: string): unknown[] {
  const named = (entry: unknown): string => String((entry as Json | null)?.[key]);
  const known = new Set(target.map(named));
  const kept = target.flatMap((entry) => {
    const change = patch[named(entry)];
    if (change === undefined) return [entry];
    return change === null ? [] : [merge(entry, change, '')];
  });
  const added = Object.entries(patch)
    .filter(([id, value]) => !known.has(id) && value !== null)
    .map(([id, value]) => ({ ...(value as Json), [key]: id }));
  return [...kept, ...added];
}
