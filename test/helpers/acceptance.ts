import { randomUUID } from 'node:crypto';
import { createRandom } from '../fixtures';
import { createSalesforceIds, withChecksum } from '../fixtures/crm-ids';
import type { ControlRecord, Execution } from '../../demo/control';
import type { OperationView } from '../../demo/relay-client';
import { startFlowStage, type FlowStage } from './flow-stage';

type Json = Record<string, unknown>;
type Crm = 'salesforce' | 'hubspot';

interface Line {
  sku: string;
  quantity: number;
  price: number;
  [more: string]: unknown;
}

/** What the relay tells of an operation, with what NetSuite changed. */
interface Told extends OperationView {
  internalId?: string;
  changes: { field: string; old: unknown; new: unknown }[];
  skipped: { field: string; reason: string }[];
  warnings: { code: string; message: string; field?: string }[];
  history?: unknown[];
  attemptCount: number;
}

const FINAL = new Set(['done', 'superseded', 'dead', 'cancelled', 'review']);
const LOOK_MS = 50;

const nextId = createSalesforceIds(createRandom(4711), 'Ac');
export const salesforceId = (prefix: '001' | '003' | '006' | '00k' | '0Q0' | '0QL' | '801'): string => nextId(prefix);
export { withChecksum };

/** People and systems around the product: both CRMs, NetSuite's users, an operator. Everything goes over real sockets. */
export class Acceptance {
  readonly stage: FlowStage;

  constructor(stage: FlowStage) {
    this.stage = stage;
  }

  static async start(configure?: (config: Json) => void): Promise<Acceptance> {
    return new Acceptance(await startFlowStage(configure));
  }

  close = (): Promise<void> => this.stage.close();

  get relayUrl(): string {
    return this.stage.relay().ready['url'] as string;
  }

  /** One call of the relay's API; the answer whatever its status. */
  async call(
    method: string,
    path: string,
    options: { key?: string; body?: unknown; text?: string; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: Json; headers: Headers; text: string }> {
    const { key, body, text, headers = {} } = options;
    const answer = await fetch(this.relayUrl + path, {
      method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined && text === undefined ? {} : { body: text ?? JSON.stringify(body) }),
    });
    const content = await answer.text();
    const json = /json/.test(answer.headers.get('content-type') ?? '') ? (JSON.parse(content) as Json) : {};
    return { status: answer.status, body: json, headers: answer.headers, text: content };
  }

  /** Sends records as the CRM does and answers the operations' ids, in the order of the records. */
  async post(crm: Crm | 'direct', object: string, records: readonly unknown[], idempotencyKey: string = randomUUID()) {
    const answer = await this.call('POST', '/v1/upserts', {
      key: this.stage.keys[crm],
      body: { source: crm, object, records },
      headers: { 'idempotency-key': `"${idempotencyKey}"` },
    });
    if (answer.status !== 202 && answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
    return (answer.body['operations'] as { operationId: string; index: number }[]).map(
      ({ operationId }) => operationId,
    );
  }

  /** Waits until the operation is final or lies in review. */
  async settled(crm: Crm | 'direct', operationId: string, patienceMs = 60_000): Promise<Told> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const told = (await this.stage.client().operation(this.stage.keys[crm], operationId)) as Told;
      if (FINAL.has(told.state)) return told;
      if (Date.now() > end) throw new Error(`operation is ${JSON.stringify(told)} after ${patienceMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** Sends one record and waits for its end. */
  async send(crm: Crm | 'direct', object: string, record: unknown): Promise<Told> {
    const [operationId] = await this.post(crm, object, [record]);
    if (operationId === undefined) throw new Error(`nothing was made of ${JSON.stringify(record)}`);
    return this.settled(crm, operationId);
  }

  /** The emulator's control API. */
  async control<T = Json>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(this.stage.controlUrl + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  }

  /** The record NetSuite holds under an external id, or null. */
  async held(type: string, externalId: string): Promise<ControlRecord | null> {
    const path = `records/${type}?externalId=${encodeURIComponent(externalId)}`;
    const answer = await fetch(this.stage.controlUrl + path);
    return answer.status === 404 ? null : ((await answer.json()) as ControlRecord);
  }

  executions = (script: string): Promise<Execution[]> =>
    this.control('GET', `executions?scriptId=customscript_srl_${script}`);

  /** A record of a fake CRM as it is now. */
  async inCrm(crm: Crm, object: string, id: string): Promise<Json> {
    const answer = await fetch(`${this.stage.crms.access[crm].url}/_fake/records/${object}/${id}`);
    return (await answer.json()) as Json;
  }

  /** Waits until a look at something answers a value. */
  async until<T>(what: string, look: () => Promise<T | undefined>, patienceMs = 60_000): Promise<T> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      if (Date.now() > end) throw new Error(`${what}: not seen within ${patienceMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}

let stamp = Date.UTC(2026, 0, 1);
const later = (): string => new Date((stamp += 60_000)).toISOString().replace('Z', '+0000');

const ADDRESS = ['Street', 'City', 'State', 'StateCode', 'PostalCode', 'Country', 'CountryCode'];
/** What a trigger sends of a record: every field of its flow, empty ones too. */
const EMPTY_ACCOUNT = Object.fromEntries(
  [
    ...['Phone', 'Fax', 'Website', 'AccountNumber', 'Description', 'CurrencyIsoCode', 'Payment_Terms__c', 'ParentId'],
    ...ADDRESS.flatMap((part) => [`Billing${part}`, `Shipping${part}`]),
  ].map((name) => [name, null]),
);
const OWNER = { Owner: { Email: null } };

export function account(change: Json = {}): Json & { Id: string } {
  const Id = salesforceId('001');
  const fields = { Name: `Acceptance ${Id}`, SystemModstamp: later(), ...EMPTY_ACCOUNT, ...OWNER };
  return { attributes: { type: 'Account' }, Id, ...fields, ...change };
}

export function opportunity(accountId: string, lines: readonly Line[], change: Json = {}): Json & { Id: string } {
  const Id = salesforceId('006');
  return {
    attributes: { type: 'Opportunity' },
    Id,
    AccountId: accountId,
    Name: `Order ${Id}`,
    StageName: 'Closed Won',
    IsClosed: true,
    IsWon: true,
    CloseDate: '2026-03-29',
    CurrencyIsoCode: null,
    PO_Number__c: null,
    Requested_Ship_Date__c: null,
    Payment_Terms__c: null,
    Amount: null,
    ...OWNER,
    SystemModstamp: later(),
    OpportunityLineItems: { done: true, totalSize: lines.length, records: lines.map(toLine) },
    ...change,
  };
}

export function toLine({ sku, quantity, price, ...more }: Line, at: number): Json {
  return {
    Id: salesforceId('00k'),
    SortOrder: at + 1,
    ProductCode: sku,
    Quantity: quantity,
    UnitPrice: price,
    ...more,
  };
}

/** The same record, changed later. */
export const edited = <T extends Json>(record: T, change: Json): T => ({
  ...record,
  SystemModstamp: later(),
  ...change,
});

export const customerId = (id: string): string => `SF_ACCT_${id.toUpperCase()}`;
export const orderId = (id: string): string => `SF_OPP_${id.toUpperCase()}`;
