import { existsSync } from 'node:fs';
import path from 'node:path';
import { startLoopbackServer, type Answer, type Call, type LoopbackServer } from '../loopback-server';
import { answerFake, RecordTable, type CrmRecord } from '../record-table';
import { Access, limited, problem, type PortalApp, type PortalLimits } from './access';
import { answerAssociations } from './answer-associations';
import { answerProperties } from './answer-properties';
import { ChangeEvents } from './change-events';
import { answerExchangeRates, EXCHANGE_RATES } from './exchange-rates';
import { Links } from './links';
import { batchAnswer, byProperty, show, unknownPath, writeBatch, writeObject } from './object-rows';
import type { PortalRows, Stored, WriteInput } from './object-rows';
import { PortalFiles } from './portal-files';
import { PortalSchema, TYPE_IDS } from './portal-schema';
import { searchObjects } from './search';
import { WorkflowActions } from './workflow-actions';

export interface FakeHubSpotOptions extends PortalApp {
  /** ISO 8601 of now. */
  now?: () => string;
  limits?: Partial<PortalLimits>;
  /** How long a written record is not found by a search, in ms. */
  indexLagMs?: number;
  /** Key of the developer account, for workflow actions. */
  developerKey?: string;
  /** Results that a search shows over all its pages. */
  searchWindow?: number;
}

export interface FakeHubSpot extends LoopbackServer {
  table: RecordTable;
  schema: PortalSchema;
  access: Access;
  links: Links;
  events: ChangeEvents;
  files: PortalFiles;
  add: (object: string, record: CrmRecord) => void;
  /** A person saves properties of a record. */
  edit: (object: string, id: string, properties: Readonly<Record<string, string>>) => void;
  remove: (object: string, id: string) => void;
  /** A person merges two records: the second goes into the first. */
  merge: (object: string, primary: string, other: string) => void;
  /** Refuses so many of the next calls with 429, as a used-up window does. */
  throttleNext: (calls: number, policyName?: string) => void;
  /** Asked before every call; an answer stands for the portal's own. */
  intercept: (answer: (call: Call) => Answer | undefined) => void;
}

const BATCH = 100;
const PORTAL = { portalId: 62515, appId: 54321 };

/** The properties of this repository's package: seen from the sources, and from build/demo. */
const PACKAGE = ['../../..', '../..']
  .map((up) => path.join(__dirname, up, 'crm/hubspot/properties'))
  .find((folder) => existsSync(folder));

/** A HubSpot portal that remembers, with the properties of crm/hubspot installed. */
export async function startFakeHubSpot(options: FakeHubSpotOptions): Promise<FakeHubSpot> {
  const portal = new HubSpotPortal(options);
  const server = await startLoopbackServer((call) => portal.answer(call));
  portal.url = server.url;
  const { table, schema, access, links, events, files } = portal;
  return {
    ...server,
    table,
    schema,
    access,
    links,
    events,
    files,
    add: (object, record) => portal.add(object, structuredClone(record) as Stored),
    edit: (object, id, properties) => {
      writeObject(portal.rows(false), object, 'update', { id, properties });
    },
    remove: (object, id) => portal.remove(object, id, false),
    merge: (object, primary, other) => portal.merge(object, primary, other, false),
    throttleNext: (calls, policyName = 'TEN_SECONDLY_ROLLING') => {
      portal.throttled = { calls, policyName };
    },
    intercept: (answer) => {
      portal.intercept = answer;
    },
  };
}

class HubSpotPortal {
  readonly table = new RecordTable();
  readonly schema = new PortalSchema(PACKAGE ?? null);
  readonly links = new Links(this.table);
  readonly events: ChangeEvents;
  readonly access: Access;
  readonly files = new PortalFiles(() => this.url);
  url = '';
  readonly #options: FakeHubSpotOptions;
  readonly #actions: WorkflowActions;
  throttled = { calls: 0, policyName: 'TEN_SECONDLY_ROLLING' };
  intercept: (call: Call) => Answer | undefined = () => undefined;
  #ids = 90_000_000_000;

  constructor(options: FakeHubSpotOptions) {
    this.#options = options;
    this.#actions = new WorkflowActions(options.developerKey);
    this.events = new ChangeEvents(options.portalId ?? PORTAL.portalId, options.appId ?? PORTAL.appId);
    const limits = { perTenSeconds: 190, perDay: 625_000, searches: 5, ...options.limits };
    this.access = new Access(options, limits, () => Date.parse(this.#now()));
  }

  #now(): string {
    return this.#options.now?.() ?? new Date().toISOString();
  }

  rows(byApi: boolean): PortalRows {
    return {
      table: this.table,
      schema: this.schema,
      newId: () => String((this.#ids += 7)),
      now: () => this.#now(),
      changed: (object, id, names, kind) => {
        if (kind === 'creation') this.events.add(object, kind, { objectId: Number(id) }, this.#now(), byApi);
        for (const propertyName of names) {
          const propertyValue = (this.table.get(object, id) as Stored).properties[propertyName];
          const more = { objectId: Number(id), propertyName, propertyValue };
          if (kind === 'propertyChange') this.events.add(object, kind, more, this.#now(), byApi);
        }
      },
    };
  }

  /** Line items that came inline are objects of their own in a portal. */
  add(object: string, record: Stored): void {
    const { lineItems, ...own } = record as Stored & { lineItems?: Stored[] };
    this.table.put(object, record.id, own);
    this.schema.learn(object, Object.keys(own.properties));
    for (const line of lineItems ?? []) this.add('line_items', line);
  }

  remove(object: string, id: string, byApi: boolean): void {
    const record = this.table.get(object, id) as Stored;
    record.archived = true;
    record['archivedAt'] = this.#now();
    this.events.add(object, 'deletion', { objectId: Number(id) }, this.#now(), byApi);
  }

  merge(object: string, primary: string, other: string, byApi: boolean): void {
    const loser = this.table.get(object, other) as Stored;
    const winner = this.table.get(object, primary) as Stored;
    loser.archived = true;
    loser['mergedInto'] = primary;
    for (const [name, value] of Object.entries(loser.properties)) winner.properties[name] ??= value;
    winner['updatedAt'] = this.#now();
    const more = {
      objectId: Number(primary),
      primaryObjectId: Number(primary),
      mergedObjectIds: [Number(other)],
      newObjectId: Number(primary),
      numberOfPropertiesMoved: 0,
    };
    this.events.add(object, 'merge', more, this.#now(), byApi);
  }

  answer(call: Call): Answer {
    const fake = answerFake(this.table, call);
    if (fake) return fake;
    const cut = this.intercept(call);
    if (cut && !cut.cut) return cut;
    if (call.method === 'POST' && call.path === '/oauth/v1/token')
      return this.access.refresh(call.body as URLSearchParams);
    if (call.path.startsWith('/automation/v4/actions/')) return this.#actions.answer(call);
    if (this.files.isSigned(call.path)) return this.files.signed(call);
    const answer = this.#authorised(call);
    const inputs = (call.body as { inputs?: unknown[] } | null)?.inputs?.length ?? 0;
    this.table.calls.push({ method: call.method, path: call.path, status: answer.status, records: inputs });
    return { ...answer, headers: { ...this.access.headers(), ...answer.headers }, ...(cut?.cut ? { cut: true } : {}) };
  }

  #authorised(call: Call): Answer {
    if (this.throttled.calls > 0) {
      this.throttled.calls -= 1;
      return limited(this.throttled.policyName);
    }
    const refused = this.access.refuse(call);
    if (refused) return refused;
    const { method, path: where } = call;
    if (method === 'POST' && where === '/oauth/v2/private-apps/get/access-token-info')
      return { status: 200, body: this.access.info() };
    if (where === '/account-info/v3/details') {
      return { status: 200, body: { portalId: this.#options.portalId ?? PORTAL.portalId, timeZone: 'US/Eastern' } };
    }
    if (where.replace(/\/$/, '') === '/crm/v3/owners')
      return { status: 200, body: { results: this.table.all('owners').map(([, owner]) => owner) } };
    if (this.files.isFile(where)) return this.access.lacksScope('files', false) ?? this.files.answer(call);
    if (where.startsWith(EXCHANGE_RATES)) return answerExchangeRates(this.rows(true), call);
    const parts = where.split('/').slice(2);
    if (where.startsWith('/crm/v3/properties/'))
      return answerProperties(this.rows(true), this.access, call, parts.slice(2));
    if (where.startsWith('/crm/v4/')) return answerAssociations(this.rows(true), this.links, call, parts.slice(1));
    return where.startsWith('/crm/v3/objects/') ? this.#objects(call, parts.slice(2)) : unknownPath();
  }

  #objects(call: Call, [name = '', id, what]: (string | undefined)[]): Answer {
    const object = TYPE_IDS[name] ?? name;
    if (!this.schema.has(object)) return problem(400, 'VALIDATION_ERROR', `Unable to infer object type from: ${name}`);
    const reads = call.method === 'GET' || what === 'read' || id === 'search';
    const lacking = this.access.lacksScope(object, !reads);
    if (lacking) return lacking;
    const body = call.body as Record<string, never>;
    if (id === 'search') {
      const before = Date.parse(this.#now()) - (this.#options.indexLagMs ?? 0);
      return searchObjects(this.table, object, body, before, this.#options.searchWindow);
    }
    if (id === 'merge') {
      this.merge(object, body['primaryObjectId']!, body['objectIdToMerge']!, true);
      return { status: 200, body: show(this.table.get(object, body['primaryObjectId']!) as Stored, []) };
    }
    if (id === 'batch') return this.#batch(object, what ?? '', call.body as BatchBody);
    return this.#single(call, object, id);
  }

  #batch(object: string, what: string, body: BatchBody): Answer {
    const { inputs } = body;
    if (!Array.isArray(inputs)) return problem(400, 'VALIDATION_ERROR', 'Invalid input JSON: inputs is missing');
    if (inputs.length > BATCH) return problem(400, 'VALIDATION_ERROR', `The maximum number of inputs is ${BATCH}`);
    if (what === 'read') return this.#read(object, body);
    if (what === 'archive') {
      for (const { id } of inputs) if (this.table.get(object, id)) this.remove(object, id, true);
      return { status: 204 };
    }
    return what === 'create' || what === 'update' || what === 'upsert'
      ? writeBatch(this.rows(true), object, what, inputs)
      : unknownPath();
  }

  #read(object: string, { properties = [], inputs, idProperty }: BatchBody): Answer {
    const found: CrmRecord[] = [];
    const missing: string[] = [];
    for (const { id } of inputs) {
      const known =
        idProperty === undefined ? this.table.get(object, id) : byProperty(this.table, object, idProperty, id);
      const record = known as Stored | undefined;
      if (!record || record.archived === true) missing.push(id);
      else found.push(show(record, properties));
    }
    const context = { ids: missing };
    const message = `Could not get some ${object}`;
    const error = { status: 'error', category: 'OBJECT_NOT_FOUND', message, context };
    return batchAnswer(this.rows(true), found, missing.length === 0 ? [] : [error]);
  }

  #single({ method, body, query }: Call, object: string, id: string | undefined): Answer {
    const { properties = {} } = (body ?? {}) as { properties?: Record<string, string> };
    const idProperty = query.get('idProperty') ?? undefined;
    if (method === 'GET' && id === undefined) return this.#list(object, query);
    if (method === 'POST' || method === 'PATCH') {
      const input: WriteInput = { id: id ?? '', properties, ...(idProperty === undefined ? {} : { idProperty }) };
      const written = writeObject(this.rows(true), object, method === 'POST' ? 'create' : 'update', input);
      if (!('record' in written)) return problem(written.status, written.category, written.message);
      return { status: method === 'POST' ? 201 : 200, body: show(written.record, Object.keys(properties)) };
    }
    const record =
      idProperty === undefined
        ? this.table.get(object, id ?? '')
        : byProperty(this.table, object, idProperty, id ?? '');
    if (!record || (record as Stored).archived === true) return problem(404, 'OBJECT_NOT_FOUND', 'Object not found');
    if (method === 'DELETE') {
      this.remove(object, (record as Stored).id, true);
      return { status: 204 };
    }
    return { status: 200, body: show(record as Stored, propertiesOf(query)) };
  }

  #list(object: string, query: URLSearchParams): Answer {
    const limit = Number(query.get('limit') ?? 10);
    const from = Number(query.get('after') ?? 0);
    const archived = query.get('archived') === 'true';
    const all = this.table.all(object).filter(([, record]) => ((record as Stored).archived ?? false) === archived);
    const properties = propertiesOf(query);
    const results = all.slice(from, from + limit).map(([, record]) => show(record as Stored, properties));
    const next = from + limit < all.length ? { paging: { next: { after: String(from + limit) } } } : {};
    return { status: 200, body: { results, ...next } };
  }
}

interface BatchBody {
  properties?: string[];
  idProperty?: string;
  inputs: WriteInput[];
}

/** `properties=a&properties=b` and `properties=a,b` are both understood. */
const propertiesOf = (query: URLSearchParams): string[] => query.getAll('properties').flatMap((one) => one.split(','));
