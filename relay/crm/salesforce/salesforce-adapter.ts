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
import type { Cursors } from '../refresh-token';
import { createRecords, isPlainCreation } from './create-records';
import { findSalesforceRecords } from './find-records';
import { buildQuery, pathsOf } from './build-query';
import { volatileMemory, type BulkMemory } from './bulk-memory';
import { inspectSalesforce } from './inspect-salesforce';
import { CONTENT_OBJECTS, downloadVersion, readContent, readContentChanges } from './read-content';
import { nameMasters } from './name-masters';
import { readSalesforceChanges } from './read-changes';
import { streamChanges } from './stream-changes';
import { DAILY_REST_MS, DailyLimitNear, SalesforceClient, type SalesforceOptions } from './salesforce-client';
import { classifySalesforce } from './salesforce-faults';
import { BulkWriter } from './write-bulk';
import { COLLECTION, findTargets, ID, writeCollections, type Outcomes } from './write-collections';

/** Ids of one query: the whole of it goes through the URL. */
const QUERY_IDS = 200;

export interface SalesforceDependencies {
  flowsFor: (object: string) => readonly Flow[];
  now?: () => number;
  dispatcher?: Dispatcher;
  /** Where bulk jobs under way are kept; in memory when left out. */
  memory?: BulkMemory;
  /** Where a refresh token that was exchanged is kept; in memory when left out. */
  store?: Cursors;
}

/** Salesforce by its REST API: sObject collections and Bulk API 2.0 to write, SOQL to read. */
export class SalesforceAdapter implements CrmAdapter {
  readonly kind = 'salesforce';
  readonly name: string;
  readonly #options: SalesforceOptions;
  readonly #client: SalesforceClient;
  readonly #bulk: BulkWriter;
  readonly #flowsFor: (object: string) => readonly Flow[];

  constructor(options: SalesforceOptions, deps: SalesforceDependencies) {
    this.name = options.name;
    this.#options = options;
    this.#flowsFor = deps.flowsFor;
    this.#client = new SalesforceClient(options, deps);
    this.#bulk = new BulkWriter(this.#client, deps.memory ?? volatileMemory(), options.bulk.waitMs);
  }

  async readRecords(
    object: string,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, unknown>> {
    this.#client.guardDailyLimit();
    if (CONTENT_OBJECTS.has(object)) return readContent(this.#client, object, ids, signal);
    const found = new Map<string, unknown>();
    for (let from = 0; from < ids.length; from += QUERY_IDS) {
      const soql = await this.#select(object, ids.slice(from, from + QUERY_IDS), signal);
      for await (const page of this.#client.query(soql, signal))
        for (const record of page) found.set(String(record[ID]), record);
    }
    // Callers may have asked by 15 characters.
    for (const id of ids)
      if (!found.has(id)) for (const [full, record] of found) if (full.startsWith(id)) found.set(id, record);
    return found;
  }

  async *readAll(object: string, signal: AbortSignal): AsyncGenerator<{ id: string; record: unknown }[]> {
    const soql = await this.#select(object, null, signal);
    for await (const page of this.#client.query(soql, signal, false, true)) {
      this.#client.guardDailyLimit();
      yield page.map((record) => ({ id: String(record[ID]), record }));
    }
  }

  async *readChanges(object: string, since: string, signal: AbortSignal): AsyncGenerator<CrmChange[]> {
    this.#client.guardPolling();
    const pages = CONTENT_OBJECTS.has(object)
      ? readContentChanges(this.#client, object, since, signal)
      : readSalesforceChanges(this.#client, object, since, signal);
    for await (const page of pages) {
      yield page;
      this.#client.guardPolling();
    }
  }

  readFile(id: string, most: number, signal: AbortSignal): Promise<Buffer> {
    return downloadVersion(this.#client, id, most, signal);
  }

  streamChanges(...[position, take, signal, onTrouble]: Parameters<NonNullable<CrmAdapter['streamChanges']>>) {
    const complete: typeof take = async (changed, at) => {
      const named = changed.map(async ({ object, changes }) => ({
        object,
        changes: await nameMasters(this.#client, object, changes, signal),
      }));
      await take(await Promise.all(named), at);
    };
    return streamChanges(this.#client, this.#options.apiVersion, { read: position }, complete, signal, onTrouble);
  }

  inspect(wanted: readonly WantedObject[], signal: AbortSignal, expected?: ExpectedCrm): Promise<CrmFinding[]> {
    return inspectSalesforce(this.#client, this.#options, wanted, signal, expected);
  }

  /** A refresh token that nobody uses ends after the time the app says (90 days, for instance). */
  get keepAlive(): ((signal: AbortSignal) => Promise<void>) | undefined {
    return this.#options.auth.type === 'refreshToken' ? (signal) => this.#client.signIn(signal) : undefined;
  }

  callsFor(records: number): number {
    return Math.ceil(records / COLLECTION) * 2 + 4;
  }

  async writeBatch(batch: CrmBatch, signal: AbortSignal): Promise<readonly CrmWriteOutcome[]> {
    this.#client.guardDailyLimit();
    const outcomes = await this.#bulk.resume(batch.items, signal);
    const open = batch.items.filter(({ operationId }) => !outcomes.has(operationId));
    const add = (more: Outcomes): void => more.forEach((outcome, id) => void outcomes.set(id, outcome));
    const located: CrmWrite[] = [];
    add(await createRecords(this.#client, batch.object, open.filter(isPlainCreation), signal));
    for (const group of groupByTarget(open, ID)) {
      if (group.by === ID || group.create) located.push(...group.items);
      else {
        const { found, outcomes: missed } = await findTargets(this.#client, batch.object, group, signal);
        located.push(...found);
        add(missed);
      }
    }
    for (const group of groupByTarget(located, ID)) {
      add(
        group.items.length > this.#options.bulk.above
          ? await this.#bulk.write(batch.object, group, signal)
          : await writeCollections(this.#client, batch.object, group, signal),
      );
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
    const query = async (soql: string): Promise<Record<string, unknown>[]> => {
      const rows: Record<string, unknown>[] = [];
      for await (const page of this.#client.query(soql, signal)) rows.push(...page);
      return rows;
    };
    return findSalesforceRecords(query, object, field, values, fields);
  }

  searchRecords(
    ...[object, field, values, signal]: Parameters<NonNullable<CrmAdapter['searchRecords']>>
  ): Promise<Map<string, FoundRecord[]>> {
    return this.findRecords(object, field, values, [], signal);
  }

  classifyError(error: unknown): CrmFault {
    return error instanceof DailyLimitNear
      ? { class: 'throttle', code: 'DAILY_LIMIT_NEAR', message: error.message, retryAfterMs: DAILY_REST_MS }
      : classifySalesforce(error);
  }

  async #select(object: string, ids: readonly string[] | null, signal: AbortSignal): Promise<string> {
    const shapes = { own: await this.#client.shapeOf(object, signal), children: new Map() };
    return buildQuery(object, ids, pathsOf(this.#flowsFor(object)), shapes);
  }
}

const nothingToFindBy: CrmWriteOutcome = {
  ok: false,
  fault: {
    class: 'data',
    code: 'NO_IDENTITY',
    message: 'Neither the id nor an external id of the Salesforce record is known.',
  },
};
