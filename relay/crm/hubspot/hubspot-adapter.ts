import type { Dispatcher } from 'undici';
import type { Flow } from '../../../flows';
import type {
  CrmAdapter,
  CrmBatch,
  CrmChange,
  CrmFault,
  CrmFinding,
  CrmWrite,
  CrmWriteOutcome,
  ExpectedCrm,
  FoundRecord,
  WantedObject,
} from '../../delivery/crm-adapter';
import { groupByTarget } from '../group-by-target';
import { patiently } from '../patiently';
import type { Cursors } from '../refresh-token';
import { pathsOf } from '../salesforce/build-query';
import { EXCHANGE_RATES, findExchangeRates, writeExchangeRates } from './exchange-rates';
import { findHubSpotRecords, searchHubSpotRecords } from './find-records';
import { HubSpotClient, type HubSpotOptions } from './hubspot-client';
import { classifyHubSpot } from './hubspot-faults';
import { inspectHubSpot } from './inspect-hubspot';
import { attachParents, OwnerBook, OWNERS } from './attach-extras';
import { downloadFile, NOTE_OBJECTS, readNoteChanges, readNoteObjects } from './read-notes';
import { readAssociations } from './read-associations';
import { readHubSpotChanges } from './read-changes';
import { searchPatiently } from './search-patiently';
import { associate, BATCH, findTargets, ID, type Outcomes } from './write-batches';
import { writeWithOptions } from './create-options';

type Stored = Record<string, unknown> & { id: string };

export interface HubSpotDependencies {
  flowsFor: (object: string) => readonly Flow[];
  now?: () => number;
  dispatcher?: Dispatcher;
  /** Where a refresh token that was exchanged is kept; in memory when left out. */
  store?: Cursors;
}

/** HubSpot by its CRM API v3: batch update and upsert, batch read with associations. */
export class HubSpotAdapter implements CrmAdapter {
  readonly kind = 'hubspot';
  readonly name: string;
  readonly #options: HubSpotOptions;
  readonly #client: HubSpotClient;
  readonly #owners = new OwnerBook();
  readonly #flowsFor: (object: string) => readonly Flow[];

  constructor(options: HubSpotOptions, deps: HubSpotDependencies) {
    this.name = options.name;
    this.#options = options;
    this.#flowsFor = deps.flowsFor;
    this.#client = new HubSpotClient(options, deps);
  }

  async readRecords(
    object: string,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, unknown>> {
    if (NOTE_OBJECTS.has(object)) return readNoteObjects(this.#client, object, ids, signal);
    const paths = pathsOf(this.#flowsFor(object));
    return this.#complete(object, await this.#batchRead(object, ids, propertiesOf(paths.own), signal), signal);
  }

  async *readAll(object: string, signal: AbortSignal): AsyncGenerator<{ id: string; record: unknown }[]> {
    const properties = propertiesOf(pathsOf(this.#flowsFor(object)).own).join(',');
    let after: string | undefined;
    do {
      const query = new URLSearchParams({
        limit: String(BATCH),
        properties,
        ...(after === undefined ? {} : { after }),
      });
      const path = `/crm/v3/objects/${object}?${query.toString()}`;
      const { body } = await patiently(() => this.#client.get(path, signal), classifyHubSpot, signal);
      const page = body as { results: Stored[]; paging?: { next?: { after: string } } };
      const found = new Map(page.results.map((record) => [record.id, record]));
      await patiently(() => this.#complete(object, found, signal), classifyHubSpot, signal);
      yield [...found].map(([id, record]) => ({ id, record }));
      after = page.paging?.next?.after;
    } while (after !== undefined);
  }

  readChanges(object: string, since: string, signal: AbortSignal): AsyncGenerator<CrmChange[]> {
    return NOTE_OBJECTS.has(object)
      ? readNoteChanges(this.#client, object, since, signal)
      : readHubSpotChanges(this.#client, object, since, signal);
  }

  readFile(id: string, most: number, signal: AbortSignal): Promise<Buffer> {
    return downloadFile(this.#client, id, most, signal);
  }

  inspect(wanted: readonly WantedObject[], signal: AbortSignal, expected?: ExpectedCrm): Promise<CrmFinding[]> {
    return inspectHubSpot(this.#client, this.#options, wanted, signal, expected);
  }

  callsFor(records: number): number {
    return Math.ceil(records / BATCH) * 3 + 4;
  }

  async writeBatch(batch: CrmBatch, signal: AbortSignal): Promise<readonly CrmWriteOutcome[]> {
    if (batch.object === EXCHANGE_RATES) {
      const rates = await writeExchangeRates(this.#client, batch.items, signal);
      return batch.items.map((item) => rates.get(item.operationId) ?? nothingToFindBy);
    }
    const outcomes: Outcomes = new Map();
    const add = (more: Outcomes): void => more.forEach((outcome, id) => void outcomes.set(id, outcome));
    const located: CrmWrite[] = [];
    for (const group of groupByTarget(batch.items, ID)) {
      if (group.by === ID || group.create) located.push(...group.items);
      else {
        const { found, outcomes: missed } = await findTargets(this.#client, batch.object, group, signal);
        located.push(...found);
        add(missed);
      }
    }
    for (const group of groupByTarget(located, ID)) {
      const written = await writeWithOptions(this.#client, batch.object, group, signal);
      await associate(this.#client, batch.object, group.items, written, signal);
      add(written);
    }
    return batch.items.map((item) => outcomes.get(item.operationId) ?? nothingToFindBy);
  }

  findRecords(
    object: string,
    field: string,
    values: readonly string[],
    fields: readonly string[],
    signal: AbortSignal,
  ): Promise<Map<string, FoundRecord[]>> {
    if (object === EXCHANGE_RATES) return findExchangeRates(this.#client, signal);
    if (object === OWNERS) return this.#owners.find((path) => this.#client.get(path, signal), values);
    const post = async (path: string, body: unknown): Promise<unknown> =>
      (await this.#client.post(path, body, signal)).body;
    return findHubSpotRecords(post, object, field, values, fields);
  }

  searchRecords(
    ...[object, field, values, signal]: Parameters<NonNullable<CrmAdapter['searchRecords']>>
  ): Promise<Map<string, FoundRecord[]>> {
    const post = (path: string, body: unknown): Promise<unknown> => searchPatiently(this.#client, path, body, signal);
    return searchHubSpotRecords(post, object, field, values);
  }

  classifyError(error: unknown): CrmFault {
    return classifyHubSpot(error);
  }

  /** Adds what the flows read beside the record's own properties: its company and its line items. */
  async #complete(object: string, found: Map<string, Stored>, signal: AbortSignal): Promise<Map<string, Stored>> {
    const paths = pathsOf(this.#flowsFor(object));
    const read = (from: string, to: string): Promise<Map<string, { id: string; type: string }[]>> =>
      readAssociations((path, body) => this.#client.post(path, body, signal), from, to, [...found.keys()]);
    const reads = (prefix: string): boolean => [...paths.own].some((path) => path.startsWith(prefix));
    for (const other of ['companies', 'deals']) {
      if (!reads(`associations.${other}.`)) continue;
      // That a record has no company is told: it may have lost the one it had.
      for (const [id, results] of await read(object, other))
        if (results.length > 0 || other === 'companies') attach(found.get(id), other, results);
    }
    const calls = {
      post: (path: string, body: unknown) => this.#client.post(path, body, signal),
      get: (path: string) => this.#client.get(path, signal),
    };
    if (reads('associations.parent_companies.')) await attachParents(calls, found);
    if (reads('owner.')) await this.#owners.attach(calls, found);
    const lineProperties = paths.children.get('lineItems');
    if (!lineProperties) return found;
    const linesOf = await read(object, 'line_items');
    const lineIds = [...new Set([...linesOf.values()].flat().map(({ id }) => id))];
    const lines = await this.#batchRead('line_items', lineIds, propertiesOf(lineProperties), signal);
    for (const [id, record] of found) {
      const results = linesOf.get(id) ?? [];
      if (results.length > 0) attach(record, 'line items', results);
      record['lineItems'] = results.flatMap((one) => lines.get(one.id) ?? []);
    }
    return found;
  }

  async #batchRead(
    object: string,
    ids: readonly string[],
    properties: readonly string[],
    signal: AbortSignal,
  ): Promise<Map<string, Stored>> {
    const found = new Map<string, Stored>();
    for (let from = 0; from < ids.length; from += BATCH) {
      const inputs = ids.slice(from, from + BATCH).map((id) => ({ id }));
      const { body } = await this.#client.post(`/crm/v3/objects/${object}/batch/read`, { properties, inputs }, signal);
      for (const record of (body as { results: Stored[] }).results) found.set(record.id, record);
    }
    return found;
  }
}

const nothingToFindBy: CrmWriteOutcome = {
  ok: false,
  fault: {
    class: 'data',
    code: 'NO_IDENTITY',
    message: 'Neither the id nor a unique property of the HubSpot record is known.',
  },
};

const propertiesOf = (paths: ReadonlySet<string>): string[] =>
  [...paths].flatMap((path) => {
    if (path === 'owner.email') return ['hubspot_owner_id'];
    return path.startsWith('properties.') ? [path.slice('properties.'.length)] : [];
  });

function attach(record: Record<string, unknown> | undefined, name: string, results: readonly unknown[]): void {
  if (!record) return;
  record['associations'] = { ...(record['associations'] as object | undefined), [name]: { results } };
}
