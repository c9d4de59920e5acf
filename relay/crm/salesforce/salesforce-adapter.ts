import type { Dispatcher } from 'undici';
import * as z from 'zod';
import type { Flow } from '../../../flows';
import type { CrmAdapter, CrmBatch, CrmFault, CrmWrite, CrmWriteOutcome } from '../../delivery/crm-adapter';
import { callCrm, CrmCallError, type CrmAnswer } from '../http-call';
import { buildQuery, pathsOf, type ObjectShape } from './build-query';
import { classifySalesforce, rowFault } from './salesforce-faults';
import { salesforceAuthSchema, SalesforceSession } from './salesforce-session';
import { groupByTarget } from '../group-by-target';

export const salesforceOptionsSchema = z.looseObject({
  name: z.string(),
  baseUrl: z.string(),
  auth: salesforceAuthSchema,
  apiVersion: z
    .string()
    .regex(/^v\d+\.0$/)
    .default('v62.0'),
  /** Share of the daily API calls, in per cent, beyond which nothing more is sent until others have room again. */
  dailyLimitPercent: z.number().positive().max(100).default(95),
});
export type SalesforceOptions = z.infer<typeof salesforceOptionsSchema>;

/** Records one collections call takes. */
const COLLECTION = 200;
/** Ids of one query: the whole of it goes through the URL. */
const QUERY_IDS = 200;
/** What shows up in `ChangeEventHeader.changeOrigin` of changes that are our own. */
export const CLIENT_NAME = 'suiterelay';
/** How long to rest when the day's calls are nearly used up, in ms. */
const DAILY_REST_MS = 15 * 60_000;

/** Salesforce by its REST API: sObject collections to write, SOQL to read. */
export class SalesforceAdapter implements CrmAdapter {
  readonly kind = 'salesforce';
  readonly name: string;
  readonly #options: SalesforceOptions;
  readonly #session: SalesforceSession;
  readonly #flowsFor: (object: string) => readonly Flow[];
  readonly #dispatcher: Dispatcher | undefined;
  readonly #shapes = new Map<string, Promise<ObjectShape>>();
  #dailyUse: { used: number; of: number } | null = null;

  constructor(
    options: SalesforceOptions,
    deps: { flowsFor: (object: string) => readonly Flow[]; now?: () => number; dispatcher?: Dispatcher },
  ) {
    this.name = options.name;
    this.#options = options;
    this.#flowsFor = deps.flowsFor;
    this.#dispatcher = deps.dispatcher;
    this.#session = new SalesforceSession(options.auth, options.baseUrl, deps.now ?? Date.now, deps.dispatcher);
  }

  async readRecords(
    object: string,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, unknown>> {
    const found = new Map<string, unknown>();
    const paths = pathsOf(this.#flowsFor(object));
    const shapes = { own: await this.#shapeOf(object, signal), children: new Map<string, ObjectShape | null>() };
    for (let from = 0; from < ids.length; from += QUERY_IDS) {
      const soql = buildQuery(object, ids.slice(from, from + QUERY_IDS), paths, shapes);
      let next: string | undefined = `/services/data/${this.#options.apiVersion}/query?q=${encodeURIComponent(soql)}`;
      while (next !== undefined) {
        const { body } = await this.#call('GET', next, undefined, signal);
        const page = body as { records: { Id: string }[]; nextRecordsUrl?: string };
        for (const record of page.records) found.set(record.Id, record);
        next = page.nextRecordsUrl;
      }
    }
    // Callers may have asked by 15 characters.
    for (const id of ids)
      if (!found.has(id)) for (const [full, record] of found) if (full.startsWith(id)) found.set(id, record);
    return found;
  }

  async writeBatch(batch: CrmBatch, signal: AbortSignal): Promise<readonly CrmWriteOutcome[]> {
    this.#guardDailyLimit();
    const outcomes = new Map<string, CrmWriteOutcome>();
    for (const [by, items] of groupByTarget(batch.items, ID)) {
      for (let from = 0; from < items.length; from += COLLECTION) {
        const part = items.slice(from, from + COLLECTION);
        const rows = await this.#writePart(batch.object, by, part, signal);
        part.forEach((item, at) => outcomes.set(item.operationId, rows[at] ?? noAnswer));
      }
    }
    return batch.items.map((item) => outcomes.get(item.operationId) ?? nothingToFindBy);
  }

  classifyError(error: unknown): CrmFault {
    return error instanceof DailyLimitNear
      ? { class: 'throttle', code: 'DAILY_LIMIT_NEAR', message: error.message, retryAfterMs: DAILY_REST_MS }
      : classifySalesforce(error);
  }

  async #writePart(
    object: string,
    by: string,
    items: readonly CrmWrite[],
    signal: AbortSignal,
  ): Promise<CrmWriteOutcome[]> {
    const records = items.map((item) => ({
      attributes: { type: object },
      ...(by === ID ? { id: item.crmId } : { [by]: item.match?.value }),
      ...item.fields,
    }));
    const path = `/services/data/${this.#options.apiVersion}/composite/sobjects${by === ID ? '' : `/${object}/${by}`}`;
    const { body } = await this.#call('PATCH', path, { allOrNone: false, records }, signal);
    return (body as CollectionRow[]).map((row) =>
      row.success
        ? { ok: true, crmId: row.id ?? null, status: row.created === true ? 'created' : 'updated' }
        : { ok: false, fault: rowFault(row.errors[0]) },
    );
  }

  async #shapeOf(object: string, signal: AbortSignal): Promise<ObjectShape> {
    let shape = this.#shapes.get(object);
    if (!shape) {
      shape = this.#describe(object, signal);
      this.#shapes.set(object, shape);
      shape.catch(() => this.#shapes.delete(object));
    }
    return shape;
  }

  async #describe(object: string, signal: AbortSignal): Promise<ObjectShape> {
    const { body } = await this.#call(
      'GET',
      `/services/data/${this.#options.apiVersion}/sobjects/${object}/describe`,
      undefined,
      signal,
    );
    const described = body as {
      fields: { name: string; relationshipName: string | null }[];
      childRelationships: { relationshipName: string | null }[];
    };
    const relationships = [...described.fields, ...described.childRelationships].flatMap(
      ({ relationshipName }) => relationshipName ?? [],
    );
    return { fields: new Set(described.fields.map(({ name }) => name)), relationships: new Set(relationships) };
  }

  /** Signs in where needed, once more when the session has ended meanwhile. */
  async #call(method: 'GET' | 'PATCH', path: string, body: unknown, signal: AbortSignal): Promise<CrmAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const session = await this.#session.get(signal);
      const headers = {
        authorization: `Bearer ${session.accessToken}`,
        'sforce-call-options': `client=${CLIENT_NAME}`,
      };
      try {
        const call = { method, url: session.instanceUrl + path, headers, body, signal, dispatcher: this.#dispatcher };
        const answer = await callCrm(call);
        this.#noteUse(answer.header('sforce-limit-info'));
        return answer;
      } catch (error) {
        if (!(error instanceof CrmCallError) || error.status !== 401 || attempt > 1) throw error;
        this.#session.drop(session.accessToken);
      }
    }
  }

  #noteUse(info: string | undefined): void {
    const use = /api-usage=(\d+)\/(\d+)/.exec(info ?? '');
    if (use) this.#dailyUse = { used: Number(use[1]), of: Number(use[2]) };
  }

  #guardDailyLimit(): void {
    const use = this.#dailyUse;
    if (!use || use.used * 100 < use.of * this.#options.dailyLimitPercent) return;
    // Forgotten after one refusal, so that the next attempt asks anew.
    this.#dailyUse = null;
    throw new DailyLimitNear(`${use.used} of the day's ${use.of} API calls of the Salesforce org are used.`);
  }
}

interface CollectionRow {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: unknown[];
}

class DailyLimitNear extends Error {}

const ID = 'Id';
const noAnswer: CrmWriteOutcome = {
  ok: false,
  fault: { class: 'transient', code: 'NO_OUTCOME', message: 'Salesforce answered fewer rows than were sent.' },
};
const nothingToFindBy: CrmWriteOutcome = {
  ok: false,
  fault: {
    class: 'data',
    code: 'NO_IDENTITY',
    message: 'Neither the id nor an external id of the Salesforce record is known.',
  },
};
