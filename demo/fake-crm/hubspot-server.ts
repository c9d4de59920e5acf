import { randomUUID } from 'node:crypto';
import { startLoopbackServer, type Answer, type Call, type LoopbackServer } from './loopback-server';
import { answerFake, RecordTable, type CrmRecord } from './record-table';

export interface FakeHubSpotOptions {
  token: string;
  /** ISO 8601 of now. */
  now?: () => string;
}

export interface FakeHubSpot extends LoopbackServer {
  table: RecordTable;
  add: (object: string, record: CrmRecord) => void;
  /** Refuses so many of the next calls with 429, as a used-up ten-second window does. */
  throttleNext: (calls: number) => void;
}

interface Stored extends CrmRecord {
  id: string;
  properties: Record<string, string | null>;
}

const BATCH = 100;

/** Properties of the app that is installed in the portal (crm/hubspot). */
const INSTALLED = [
  'netsuite_internal_id',
  'netsuite_sync_status',
  'netsuite_sync_error',
  'netsuite_last_sync',
  'netsuite_customer_number',
  'netsuite_credit_limit',
  'netsuite_credit_hold',
  'netsuite_balance',
  'netsuite_overdue_balance',
  'netsuite_days_overdue',
  'netsuite_order_number',
  'netsuite_order_status',
  'netsuite_order_total',
];

const problem = (status: number, category: string, message: string, more: object = {}): Answer => ({
  status,
  body: { status: 'error', message, correlationId: randomUUID(), category, ...more },
});

/** A HubSpot portal that remembers: batch read, update and upsert, associations. */
export async function startFakeHubSpot(options: FakeHubSpotOptions): Promise<FakeHubSpot> {
  const portal = new HubSpotPortal(options);
  const server = await startLoopbackServer((call) => portal.answer(call));
  return {
    ...server,
    table: portal.table,
    add: (object, record) => portal.add(object, structuredClone(record) as Stored),
    throttleNext: (calls) => {
      portal.throttled = calls;
    },
  };
}

class HubSpotPortal {
  readonly table = new RecordTable();
  readonly #options: FakeHubSpotOptions;
  throttled = 0;

  constructor(options: FakeHubSpotOptions) {
    this.#options = options;
  }

  /** Line items that came inline are objects of their own in a portal. */
  add(object: string, record: Stored): void {
    const { lineItems, ...own } = record as Stored & { lineItems?: Stored[] };
    this.table.put(object, record.id, own);
    for (const line of lineItems ?? []) this.table.put('line_items', line.id, line);
  }

  answer(call: Call): Answer {
    const fake = answerFake(this.table, call);
    if (fake) return fake;
    const answer = this.#authorised(call);
    const inputs = (call.body as { inputs?: unknown[] } | null)?.inputs?.length ?? 0;
    this.table.calls.push({ method: call.method, path: call.path, status: answer.status, records: inputs });
    return {
      ...answer,
      headers: { 'x-hubspot-ratelimit-max': '190', 'x-hubspot-ratelimit-interval-milliseconds': '10000' },
    };
  }

  #authorised(call: Call): Answer {
    if (call.headers.authorization !== `Bearer ${this.#options.token}`) {
      return problem(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
    }
    if (this.throttled > 0) {
      this.throttled -= 1;
      const policy = { policyName: 'TEN_SECONDLY_ROLLING', errorType: 'RATE_LIMIT' };
      return problem(429, 'RATE_LIMITS', 'You have reached your ten_secondly_rolling limit.', policy);
    }
    const objects = /^\/crm\/v3\/objects\/([\w-]+)\/batch\/(read|update|upsert)$/.exec(call.path);
    const { inputs } = (call.body ?? {}) as { inputs?: CrmRecord[] };
    if (objects && call.method === 'POST' && Array.isArray(inputs)) {
      if (inputs.length > BATCH) return problem(400, 'VALIDATION_ERROR', `The maximum number of inputs is ${BATCH}`);
      return objects[2] === 'read' ? this.#read(objects[1]!, call.body as ReadBody) : this.#write(objects[1]!, inputs);
    }
    const links = /^\/crm\/v4\/associations\/([\w-]+)\/([\w-]+)\/batch\/read$/.exec(call.path);
    if (links && call.method === 'POST' && Array.isArray(inputs))
      return this.#associations(links[1]!, links[2]!, inputs);
    return problem(404, 'OBJECT_NOT_FOUND', 'Unable to find path.');
  }

  #read(object: string, { properties, inputs }: ReadBody): Answer {
    const found: CrmRecord[] = [];
    const missing: string[] = [];
    for (const { id } of inputs) {
      const record = this.table.get(object, id) as Stored | undefined;
      if (!record) missing.push(id);
      else {
        const { associations: _associations, ...own } = record;
        const shown = Object.fromEntries(
          [...properties, 'hs_object_id'].map((name) => [name, record.properties[name] ?? null]),
        );
        found.push({ ...own, properties: shown });
      }
    }
    return this.#batchAnswer(
      found,
      missing.map((id) => ({
        status: 'error',
        category: 'OBJECT_NOT_FOUND',
        message: `Could not get some ${object}`,
        context: { ids: [id] },
      })),
    );
  }

  #write(object: string, inputs: readonly CrmRecord[]): Answer {
    const found: CrmRecord[] = [];
    const errors: CrmRecord[] = [];
    for (const input of inputs) {
      const { id, idProperty, properties, objectWriteTraceId } = input as unknown as WriteInput;
      const record = idProperty === undefined ? this.table.get(object, id) : this.#byProperty(object, idProperty, id);
      const unknown = Object.keys(properties).find((name) => !this.#knows(object, name));
      const context = { objectWriteTraceId: [objectWriteTraceId ?? ''], ids: [id] };
      if (unknown !== undefined) {
        const message = `Property "${unknown}" does not exist`;
        errors.push({
          status: 'error',
          category: 'VALIDATION_ERROR',
          message,
          errors: [{ code: 'PROPERTY_DOESNT_EXIST', message }],
          context,
        });
      } else if (!record) {
        errors.push({
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          message: `No ${object} with ID ${id} exists`,
          context,
        });
      } else {
        Object.assign((record as Stored).properties, properties);
        record['updatedAt'] = this.#options.now?.() ?? new Date().toISOString();
        found.push({ ...record, new: false, ...(objectWriteTraceId ? { objectWriteTraceId } : {}) });
      }
    }
    return this.#batchAnswer(found, errors);
  }

  #byProperty(object: string, property: string, value: string): CrmRecord | undefined {
    return this.table.all(object).find(([, record]) => (record as Stored).properties[property] === value)?.[1];
  }

  #knows(object: string, property: string): boolean {
    return (
      INSTALLED.includes(property) ||
      this.table
        .all(object)
        .slice(0, 50)
        .some(([, record]) => property in (record as Stored).properties)
    );
  }

  #associations(from: string, to: string, inputs: readonly CrmRecord[]): Answer {
    const name = to === 'line_items' ? 'line items' : to;
    const results = inputs.flatMap(({ id }) => {
      const record = this.table.get(from, String(id)) as
        { associations?: Record<string, { results: { id: string; type: string }[] }> } | undefined;
      const linked = record?.associations?.[name]?.results ?? [];
      if (linked.length === 0) return [];
      return [
        {
          from: { id },
          to: linked.map((one) => ({
            toObjectId: one.id,
            associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: typeIdOf(from, to, one.type), label: null }],
          })),
        },
      ];
    });
    return { status: 200, body: { status: 'COMPLETE', results } };
  }

  #batchAnswer(results: CrmRecord[], errors: CrmRecord[]): Answer {
    const now = this.#options.now?.() ?? new Date().toISOString();
    const body = { status: 'COMPLETE', results, startedAt: now, completedAt: now };
    return errors.length === 0
      ? { status: 200, body }
      : { status: 207, body: { ...body, numErrors: errors.length, errors } };
  }
}

interface ReadBody {
  properties: string[];
  inputs: { id: string }[];
}

interface WriteInput {
  id: string;
  idProperty?: string;
  properties: Record<string, string>;
  objectWriteTraceId?: string;
}

function typeIdOf(from: string, to: string, type: string): number {
  const unlabelled = type.endsWith('_unlabeled');
  if (to === 'companies') return from === 'deals' ? (unlabelled ? 341 : 5) : unlabelled ? 279 : 1;
  return from === 'deals' ? 19 : 67;
}
