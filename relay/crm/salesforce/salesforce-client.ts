import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { callCrm, callForBytes, CrmCallError, type CrmAnswer, type CrmCall } from '../http-call';
import { patiently } from '../patiently';
import type { Cursors } from '../refresh-token';
import type { FieldShape, ObjectShape } from './build-query';
import { classifySalesforce } from './salesforce-faults';
import { salesforceAuthSchema, SalesforceSession } from './salesforce-session';

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
  /** The same for asking what changed, which can wait best: the rest is left to writes, and to records that were named. */
  pollLimitPercent: z.number().positive().max(100).default(80),
  /** Save in spite of duplicate rules that only warn (`Sforce-Duplicate-Rule-Header`). */
  allowDuplicates: z.boolean().default(false),
  bulk: z
    .strictObject({
      /** Records of one write beyond which it becomes a Bulk API 2.0 job. */
      above: z.int().positive().default(2_000),
      /** How long a call waits for a job before it comes back to it later, in ms. */
      waitMs: z.int().positive().default(30_000),
    })
    .prefault({}),
});
export type SalesforceOptions = z.infer<typeof salesforceOptionsSchema>;

/** What shows up in `ChangeEventHeader.changeOrigin` of changes that are our own. */
export const CLIENT_NAME = 'suiterelay';
/** A field an administrator adds is seen after this time at the latest, in ms. */
const SHAPE_LIFE_MS = 3_600_000;

export class DailyLimitNear extends Error {}

/** How long to rest when the day's calls are nearly used up, in ms. */
export const DAILY_REST_MS = 15 * 60_000;

/** What a call sends. */
export type CallContent = Pick<CrmCall, 'body' | 'text' | 'holdMs'> & Partial<Pick<CrmCall, 'headers'>>;

/** Calls of one org: signed in, counted against the limit of the day, shapes of objects remembered. */
export class SalesforceClient {
  readonly #options: SalesforceOptions;
  readonly #session: SalesforceSession;
  readonly #dispatcher: Dispatcher | undefined;
  readonly #now: () => number;
  readonly #shapes = new Map<string, { shape: Promise<ObjectShape>; until: number }>();
  #dailyUse: { used: number; of: number } | null = null;
  #pollsRestUntil = 0;

  constructor(options: SalesforceOptions, deps: { now?: () => number; dispatcher?: Dispatcher; store?: Cursors }) {
    this.#options = options;
    this.#now = deps.now ?? Date.now;
    this.#dispatcher = deps.dispatcher;
    this.#session = new SalesforceSession(options, {
      now: this.#now,
      dispatcher: deps.dispatcher,
      store: deps.store,
    });
  }

  /** Signs in where no token is held. */
  async signIn(signal: AbortSignal): Promise<void> {
    await this.#session.get(signal);
  }

  /** The session has ended, as an answer said that is no fault by its status: the next call signs in anew. */
  endSession(): void {
    this.#session.end();
  }

  /** Id of the user it signs in as, where Salesforce names it. */
  async userId(signal: AbortSignal): Promise<string | null> {
    return (await this.#session.get(signal)).userId;
  }

  get dailyUse(): { used: number; of: number } | null {
    return this.#dailyUse;
  }

  /** Path of a REST resource in the configured version. */
  data(path: string): string {
    return `/services/data/${this.#options.apiVersion}${path}`;
  }

  /** Signs in where needed, once more when the session has ended meanwhile. */
  call(method: CrmCall['method'], path: string, content: CallContent, signal: AbortSignal): Promise<CrmAnswer> {
    return this.#signedIn(signal, async (url, headers) => {
      const answer = await callCrm({
        method,
        url: url + path,
        ...content,
        headers: { ...headers, ...content.headers },
        signal,
        dispatcher: this.#dispatcher,
      });
      this.#noteUse(answer.header('sforce-limit-info'));
      return answer;
    });
  }

  /** Bytes of a file. Throws `ContentTooLarge` beyond `most`. */
  download(path: string, most: number, signal: AbortSignal): Promise<Buffer> {
    this.guardDailyLimit();
    return this.#signedIn(signal, (url, headers) =>
      callForBytes({ url: url + path, headers, most, signal, dispatcher: this.#dispatcher }),
    );
  }

  async #signedIn<T>(
    signal: AbortSignal,
    work: (url: string, headers: Record<string, string>) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const session = await this.#session.get(signal);
      const headers = {
        authorization: `Bearer ${session.accessToken}`,
        'sforce-call-options': `client=${CLIENT_NAME}`,
        // Assignment rules are for what people enter.
        'sforce-auto-assign': 'FALSE',
        ...(this.#options.allowDuplicates ? { 'sforce-duplicate-rule-header': 'allowSave=true' } : {}),
      };
      try {
        return await work(session.instanceUrl, headers);
      } catch (error) {
        if (!(error instanceof CrmCallError) || error.status !== 401 || attempt > 1) throw error;
        this.#session.drop(session.accessToken);
      }
    }
  }

  /**
   * Pages of a query, each record with all its children; with `withDeleted` also what lies in the recycle bin. `patient`: what passes by
   * itself is sat out, so that a long reading does not begin anew.
   */
  async *query(
    soql: string,
    signal: AbortSignal,
    withDeleted = false,
    patient = false,
  ): AsyncGenerator<Record<string, unknown>[]> {
    const get = (path: string): Promise<CrmAnswer> => {
      const once = (): Promise<CrmAnswer> => this.call('GET', path, {}, signal);
      return patient ? patiently(once, classifySalesforce, signal) : once();
    };
    const start = this.data(withDeleted ? '/queryAll' : '/query');
    let next: string | undefined = `${start}?q=${encodeURIComponent(soql)}`;
    while (next !== undefined) {
      const page = (await get(next)).body as QueryPage;
      for (const record of page.records) await completeChildren(record, get);
      yield page.records;
      next = page.nextRecordsUrl;
    }
  }

  async shapeOf(object: string, signal: AbortSignal): Promise<ObjectShape> {
    const known = this.#shapes.get(object);
    if (known && this.#now() < known.until) return known.shape;
    const shape = this.#describe(object, signal);
    this.#shapes.set(object, { shape, until: this.#now() + SHAPE_LIFE_MS });
    shape.catch(() => this.#shapes.delete(object));
    return shape;
  }

  /** Throws when the calls of the day are nearly used up. */
  guardDailyLimit(): void {
    this.#refuseBeyond(this.#options.dailyLimitPercent);
  }

  /** The same for asking what changed: it rests for a quarter of an hour, then one question shows how the day stands. */
  guardPolling(): void {
    const now = this.#now();
    if (now < this.#pollsRestUntil)
      throw new DailyLimitNear(
        `Polls rest until ${new Date(this.#pollsRestUntil).toISOString()}: few API calls are left.`,
      );
    try {
      this.#refuseBeyond(Math.min(this.#options.pollLimitPercent, this.#options.dailyLimitPercent));
    } catch (error) {
      this.#pollsRestUntil = now + DAILY_REST_MS;
      throw error;
    }
  }

  #refuseBeyond(percent: number): void {
    const use = this.#dailyUse;
    if (!use || use.used * 100 < use.of * percent) return;
    // Forgotten after one refusal, so that the next attempt asks anew.
    this.#dailyUse = null;
    throw new DailyLimitNear(`${use.used} of the day's ${use.of} API calls of the Salesforce org are used.`);
  }

  #noteUse(info: string | undefined): void {
    const use = /api-usage=(\d+)\/(\d+)/.exec(info ?? '');
    if (use) this.#dailyUse = { used: Number(use[1]), of: Number(use[2]) };
  }

  async #describe(object: string, signal: AbortSignal): Promise<ObjectShape> {
    const { body } = await this.call('GET', this.data(`/sobjects/${object}/describe`), {}, signal);
    const described = body as Described;
    const relationships = [...described.fields, ...described.childRelationships].flatMap(
      ({ relationshipName }) => relationshipName ?? [],
    );
    return {
      fields: new Map(described.fields.map((one) => [one.name, toShape(one)])),
      relationships: new Set(relationships),
    };
  }
}

interface QueryPage {
  records: Record<string, unknown>[];
  done: boolean;
  nextRecordsUrl?: string;
}

/** The rest of long child lists: they come in pages of their own ("Understanding Query Results" of the SOQL reference). */
async function completeChildren(
  record: Record<string, unknown>,
  get: (path: string) => Promise<CrmAnswer>,
): Promise<void> {
  for (const child of Object.values(record)) {
    if (!isQueryPage(child)) continue;
    let next = child.nextRecordsUrl;
    while (next !== undefined) {
      const page = (await get(next)).body as QueryPage;
      child.records.push(...page.records);
      next = page.nextRecordsUrl;
    }
    child.done = true;
    delete child.nextRecordsUrl;
  }
}

const isQueryPage = (value: unknown): value is QueryPage =>
  typeof value === 'object' && value !== null && Array.isArray((value as Partial<QueryPage>).records);

interface Described {
  fields: {
    name: string;
    type: string;
    length: number;
    updateable: boolean;
    createable: boolean;
    externalId: boolean;
    unique: boolean;
    restrictedPicklist: boolean;
    picklistValues: { value: string; active: boolean }[];
    relationshipName: string | null;
  }[];
  childRelationships: { relationshipName: string | null }[];
}

const toShape = (field: Described['fields'][number]): FieldShape => ({
  type: field.type,
  length: field.length,
  writable: field.updateable,
  externalId: field.externalId,
  unique: field.unique,
  values: field.restrictedPicklist
    ? field.picklistValues.filter(({ active }) => active).map(({ value }) => value)
    : null,
});
