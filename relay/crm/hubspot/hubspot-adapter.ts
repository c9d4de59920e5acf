import type { Dispatcher } from 'undici';
import * as z from 'zod';
import type { Flow } from '../../../flows';
import type { CrmAdapter, CrmBatch, CrmFault, CrmWrite, CrmWriteOutcome } from '../../delivery/crm-adapter';
import { callCrm, type CrmAnswer } from '../http-call';
import { pathsOf } from '../salesforce/build-query';
import { classifyHubSpot, rowFault } from './hubspot-faults';
import { readAssociations } from './read-associations';
import { groupByTarget } from '../group-by-target';

export const hubspotOptionsSchema = z.looseObject({
  name: z.string(),
  baseUrl: z.string().default('https://api.hubapi.com'),
  /** Token of a private app. */
  token: z.string().min(1),
});
export type HubSpotOptions = z.infer<typeof hubspotOptionsSchema>;

/** Inputs of one batch call. */
const BATCH = 100;

/** HubSpot by its CRM API v3: batch update and upsert, batch read with associations. */
export class HubSpotAdapter implements CrmAdapter {
  readonly kind = 'hubspot';
  readonly name: string;
  readonly #options: HubSpotOptions;
  readonly #flowsFor: (object: string) => readonly Flow[];
  readonly #dispatcher: Dispatcher | undefined;

  constructor(
    options: HubSpotOptions,
    deps: { flowsFor: (object: string) => readonly Flow[]; dispatcher?: Dispatcher },
  ) {
    this.name = options.name;
    this.#options = options;
    this.#flowsFor = deps.flowsFor;
    this.#dispatcher = deps.dispatcher;
  }

  async readRecords(
    object: string,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, unknown>> {
    const paths = pathsOf(this.#flowsFor(object));
    const found = await this.#batchRead(object, ids, propertiesOf(paths.own), signal);
    const lineProperties = paths.children.get('lineItems');
    const read = (from: string, to: string): Promise<Map<string, { id: string; type: string }[]>> =>
      readAssociations((path, body) => this.#post(path, body, signal), from, to, [...found.keys()]);
    if ([...paths.own].some((path) => path.startsWith('associations.companies'))) {
      for (const [id, results] of await read(object, 'companies')) attach(found.get(id), 'companies', results);
    }
    if (lineProperties) await this.#attachLines(object, found, propertiesOf(lineProperties), read, signal);
    return found;
  }

  async writeBatch(batch: CrmBatch, signal: AbortSignal): Promise<readonly CrmWriteOutcome[]> {
    const outcomes = new Map<string, CrmWriteOutcome>();
    for (const [by, items] of groupByTarget(batch.items, ID)) {
      for (let from = 0; from < items.length; from += BATCH) {
        const part = items.slice(from, from + BATCH);
        for (const [id, outcome] of await this.#writePart(batch.object, by, part, signal)) outcomes.set(id, outcome);
      }
    }
    return batch.items.map((item) => outcomes.get(item.operationId) ?? nothingToFindBy);
  }

  classifyError(error: unknown): CrmFault {
    return classifyHubSpot(error);
  }

  async #writePart(
    object: string,
    by: string,
    items: readonly CrmWrite[],
    signal: AbortSignal,
  ): Promise<Map<string, CrmWriteOutcome>> {
    const inputs = items.map((item) => ({
      id: by === ID ? item.crmId : item.match?.value,
      ...(by === ID ? {} : { idProperty: by }),
      properties: Object.fromEntries(Object.entries(item.fields).map(([name, value]) => [name, asProperty(value)])),
      objectWriteTraceId: item.operationId,
    }));
    const path = `/crm/v3/objects/${object}/batch/${by === ID ? 'update' : 'upsert'}`;
    const { body } = await this.#post(path, { inputs }, signal);
    return readOutcomes(body as BatchAnswer, items);
  }

  async #batchRead(
    object: string,
    ids: readonly string[],
    properties: readonly string[],
    signal: AbortSignal,
  ): Promise<Map<string, Record<string, unknown>>> {
    const found = new Map<string, Record<string, unknown>>();
    for (let from = 0; from < ids.length; from += BATCH) {
      const inputs = ids.slice(from, from + BATCH).map((id) => ({ id }));
      const { body } = await this.#post(`/crm/v3/objects/${object}/batch/read`, { properties, inputs }, signal);
      for (const record of (body as { results: (Record<string, unknown> & { id: string })[] }).results)
        found.set(record.id, record);
    }
    return found;
  }

  async #attachLines(
    object: string,
    found: ReadonlyMap<string, Record<string, unknown>>,
    properties: readonly string[],
    read: (from: string, to: string) => Promise<Map<string, { id: string; type: string }[]>>,
    signal: AbortSignal,
  ): Promise<void> {
    const linesOf = await read(object, 'line_items');
    const lineIds = [...new Set([...linesOf.values()].flat().map(({ id }) => id))];
    const lines = await this.#batchRead('line_items', lineIds, properties, signal);
    for (const [id, record] of found) {
      const results = linesOf.get(id) ?? [];
      attach(record, 'line items', results);
      record['lineItems'] = results.flatMap((one) => lines.get(one.id) ?? []);
    }
  }

  #post(path: string, body: unknown, signal: AbortSignal): Promise<CrmAnswer> {
    const { baseUrl, token } = this.#options;
    const headers = { authorization: `Bearer ${token}` };
    return callCrm({ method: 'POST', url: baseUrl + path, headers, body, signal, dispatcher: this.#dispatcher });
  }
}

interface BatchAnswer {
  results: { id: string; new?: boolean; objectWriteTraceId?: string; properties?: Record<string, string | null> }[];
  errors?: {
    objectWriteTraceId?: string;
    context?: { objectWriteTraceId?: string[]; ids?: string[]; id?: string[] };
  }[];
}

/** Rows of a 207 are told apart by the trace id we gave them; by their id where an older API does not return it. */
function readOutcomes(answer: BatchAnswer, items: readonly CrmWrite[]): Map<string, CrmWriteOutcome> {
  const outcomes = new Map<string, CrmWriteOutcome>();
  const itemOf = (id: string, trace: string | undefined): CrmWrite | undefined =>
    items.find((item) => item.operationId === trace) ??
    items.find((item) => !outcomes.has(item.operationId) && (item.crmId ?? item.match?.value) === id);
  for (const result of answer.results) {
    const item =
      itemOf(result.id, result.objectWriteTraceId) ??
      items.find(({ match }) => match !== null && result.properties?.[match.field] === match.value);
    if (item)
      outcomes.set(item.operationId, {
        ok: true,
        crmId: result.id,
        status: result.new === true ? 'created' : 'updated',
      });
  }
  for (const error of answer.errors ?? []) {
    const traces = [error.objectWriteTraceId, ...(error.context?.objectWriteTraceId ?? [])];
    const ids = [...(error.context?.ids ?? []), ...(error.context?.id ?? [])];
    const hit = items.filter(
      (item) => traces.includes(item.operationId) || ids.includes(item.crmId ?? item.match?.value ?? ''),
    );
    for (const item of hit) outcomes.set(item.operationId, { ok: false, fault: rowFault(error) });
  }
  for (const item of items) if (!outcomes.has(item.operationId)) outcomes.set(item.operationId, noAnswer);
  return outcomes;
}

const ID = 'id';
const noAnswer: CrmWriteOutcome = {
  ok: false,
  fault: { class: 'transient', code: 'NO_OUTCOME', message: 'HubSpot answered fewer rows than were sent.' },
};
const nothingToFindBy: CrmWriteOutcome = {
  ok: false,
  fault: {
    class: 'data',
    code: 'NO_IDENTITY',
    message: 'Neither the id nor a unique property of the HubSpot record is known.',
  },
};

/** Property values are texts; an empty one clears. */
const asProperty = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const propertiesOf = (paths: ReadonlySet<string>): string[] =>
  [...paths].filter((path) => path.startsWith('properties.')).map((path) => path.slice('properties.'.length));

function attach(record: Record<string, unknown> | undefined, name: string, results: readonly unknown[]): void {
  if (!record || results.length === 0) return;
  record['associations'] = { ...(record['associations'] as object | undefined), [name]: { results } };
}
