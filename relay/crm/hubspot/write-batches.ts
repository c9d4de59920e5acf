import type { CrmFault, CrmWrite, CrmWriteOutcome } from '../../delivery/crm-adapter';
import { targetOf, type WriteGroup } from '../group-by-target';
import { splitRefused } from '../split-refused';
import type { HubSpotClient } from './hubspot-client';
import { classifyHubSpot, rowFault } from './hubspot-faults';

export const ID = 'id';
/** Inputs of one batch call. */
export const BATCH = 100;
/** Associations one call makes; HubSpot takes 2,000. */
const LINKS = 1_000;

export type Outcomes = Map<string, CrmWriteOutcome>;

interface Pair {
  item: CrmWrite;
  from: string;
  to: string;
}

interface BatchAnswer {
  results: { id: string; new?: boolean; objectWriteTraceId?: string; properties?: Record<string, string | null> }[];
  errors?: {
    objectWriteTraceId?: string;
    context?: { objectWriteTraceId?: string[]; ids?: string[]; id?: string[] };
  }[];
}

/** Writes a group in calls of 100 records; a record that can't be written leaves the others alone. */
export async function writeBatches(
  client: HubSpotClient,
  object: string,
  { by, items }: WriteGroup,
  signal: AbortSignal,
): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const path = `/crm/v3/objects/${object}/batch/${by === ID ? 'update' : 'upsert'}`;
  const write = async (part: readonly CrmWrite[]): Promise<CrmWriteOutcome[]> => {
    const inputs = part.map((item) => ({
      id: targetOf(item),
      ...(by === ID ? {} : { idProperty: by }),
      properties: Object.fromEntries(Object.entries(item.fields).map(([name, value]) => [name, asProperty(value)])),
      // Asks for an outcome of each row instead of one for all.
      objectWriteTraceId: item.operationId,
    }));
    const { body } = await client.post(path, { inputs }, signal);
    const read = readOutcomes(body as BatchAnswer, part);
    return part.map(({ operationId }) => read.get(operationId) ?? noAnswer);
  };
  const failed = (_item: CrmWrite, error: unknown): CrmWriteOutcome => ({ ok: false, fault: classifyHubSpot(error) });
  for (let from = 0; from < items.length; from += BATCH) {
    const part = items.slice(from, from + BATCH);
    const rows = await splitRefused(part, write, failed);
    part.forEach((item, at) => outcomes.set(item.operationId, rows[at] ?? noAnswer));
  }
  return outcomes;
}

/** Finds the ids of records that may only be changed, never created. What is not found gets its outcome here. */
export async function findTargets(
  client: HubSpotClient,
  object: string,
  { by, items }: WriteGroup,
  signal: AbortSignal,
): Promise<{ found: CrmWrite[]; outcomes: Outcomes }> {
  const ids = new Map<string, string>();
  for (let from = 0; from < items.length; from += BATCH) {
    const inputs = items.slice(from, from + BATCH).map((item) => ({ id: targetOf(item) }));
    const query = { idProperty: by, properties: [by], inputs };
    // Not the search: its index lags behind what was just written.
    const { body } = await client.post(`/crm/v3/objects/${object}/batch/read`, query, signal);
    for (const { id, properties } of (body as BatchAnswer).results) ids.set((properties?.[by] ?? '').toLowerCase(), id);
  }
  const found: CrmWrite[] = [];
  const outcomes: Outcomes = new Map();
  for (const item of items) {
    const id = ids.get(targetOf(item).toLowerCase());
    if (id === undefined) outcomes.set(item.operationId, notThere(object, by, targetOf(item)));
    else found.push({ ...item, crmId: id });
  }
  return { found, outcomes };
}

/**
 * Associates records after their write, by HubSpot's default type: with the type of a primary company (1, 5) the company a person chose
 * would be replaced. What can't be associated fails its record alone, which is written again.
 */
export async function associate(
  client: HubSpotClient,
  object: string,
  items: readonly CrmWrite[],
  outcomes: Outcomes,
  signal: AbortSignal,
): Promise<void> {
  const byObject = new Map<string, Pair[]>();
  for (const item of items) {
    const outcome = outcomes.get(item.operationId);
    if (!outcome?.ok || outcome.crmId === null) continue;
    for (const { object: other, crmId } of item.associate ?? [])
      byObject.set(other, [...(byObject.get(other) ?? []), { item, from: outcome.crmId, to: crmId }]);
  }
  const calls = [...byObject].flatMap(([other, pairs]) =>
    Array.from({ length: Math.ceil(pairs.length / LINKS) }, (_, at) => ({
      other,
      pairs: pairs.slice(at * LINKS, (at + 1) * LINKS),
    })),
  );
  for (const { other, pairs } of calls) {
    const faults = await splitRefused(
      pairs,
      (part) => associatePairs(client, `/crm/v4/associations/${object}/${other}/batch/associate/default`, part, signal),
      (_pair, error) => classifyHubSpot(error),
    );
    pairs.forEach(({ item }, at) => {
      const fault = faults[at];
      if (fault) outcomes.set(item.operationId, { ok: false, fault });
    });
  }
}

/** One call; answers what became of each pair: null, or why it could not be associated. */
async function associatePairs(
  client: HubSpotClient,
  path: string,
  pairs: readonly Pair[],
  signal: AbortSignal,
): Promise<(CrmFault | null)[]> {
  const inputs = pairs.map(({ from, to }) => ({ from: { id: from }, to: { id: to } }));
  const { body } = await client.post(path, { inputs }, signal);
  const { errors = [] } = body as { errors?: { context?: { fromObjectId?: string[]; toObjectId?: string[] } }[] };
  return pairs.map(({ from, to }) => {
    const error = errors.find(
      ({ context }) => context?.fromObjectId?.includes(from) && context.toObjectId?.includes(to),
    );
    return error ? { ...rowFault(error), class: 'dependency' } : null;
  });
}

/** Rows of a 207 are told apart by the trace id we gave them; by their id where an older API does not return it. */
function readOutcomes(answer: BatchAnswer, items: readonly CrmWrite[]): Outcomes {
  const outcomes: Outcomes = new Map();
  const itemOf = (id: string, trace: string | undefined): CrmWrite | undefined =>
    items.find((item) => item.operationId === trace) ??
    // Only ids that were sent as such: the number by which another record is found may well be this one's id.
    items.find((item) => !outcomes.has(item.operationId) && item.crmId === id);
  for (const result of answer.results) {
    const item =
      itemOf(result.id, result.objectWriteTraceId) ??
      items.find(({ match }) => match !== null && result.properties?.[match.field] === match.value);
    const status = result.new === true ? 'created' : 'updated';
    if (item) outcomes.set(item.operationId, { ok: true, crmId: result.id, status });
  }
  for (const error of answer.errors ?? []) {
    const traces = [error.objectWriteTraceId, ...(error.context?.objectWriteTraceId ?? [])];
    const ids = [...(error.context?.ids ?? []), ...(error.context?.id ?? [])];
    const hit = items.filter((item) => traces.includes(item.operationId) || ids.includes(targetOf(item)));
    for (const item of hit) outcomes.set(item.operationId, { ok: false, fault: rowFault(error) });
  }
  return outcomes;
}

const fault = (code: string, message: string, errorClass: CrmFault['class']): CrmWriteOutcome => ({
  ok: false,
  fault: { class: errorClass, code, message },
});

const noAnswer = fault('NO_OUTCOME', 'HubSpot answered fewer rows than were sent.', 'transient');

const notThere = (object: string, by: string, value: string): CrmWriteOutcome =>
  fault('NOT_FOUND', `None of the ${object} has ${by} = ${value}, and this flow creates none.`, 'dependency');

/** Property values are texts; an empty one clears. */
const asProperty = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
