import { randomUUID } from 'node:crypto';

export interface SentOperation {
  index: number;
  operationId: string;
  crmId: string | null;
  key: string;
}

interface Failure {
  code: string;
  class: string;
  message: string;
  field?: string;
  action?: string;
}

export interface OperationView {
  operationId: string;
  state: string;
  result?: string;
  recordType: string;
  externalId: string;
  crmId: string | null;
  attempts: { status: number | null; code?: string | null }[];
  warnings: { code: string }[];
  waitsFor?: string;
  /** The operation of the same record that goes first. */
  behind?: { operationId: string; state: string; error?: Failure };
  error?: Failure;
}

interface Overview {
  pools: { pool: string; inUse: number; usable: number }[];
  byPoolAndLane: { pool: string; state: string; count: number }[];
}

/** Calls the relay as a CRM would. */
export class RelayClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async upsert(
    key: string,
    body: { source: string; object: string; records: readonly unknown[] },
  ): Promise<{ requestId: string; operations: SentOperation[] }> {
    return (await this.#call('POST', '/v1/upserts', key, body, { 'idempotency-key': `"${randomUUID()}"` })) as {
      requestId: string;
      operations: SentOperation[];
    };
  }

  async request(
    key: string,
    requestId: string,
  ): Promise<{ counts: Record<string, number>; operations: OperationView[] }> {
    return (await this.#call('GET', `/v1/operations/${requestId}`, key)) as {
      counts: Record<string, number>;
      operations: OperationView[];
    };
  }

  async operation(key: string, operationId: string): Promise<OperationView> {
    return (await this.#call('GET', `/v1/operations/${operationId}`, key)) as OperationView;
  }

  /** Operations in review or dead, at most `limit`. */
  async failures(key: string, limit: number): Promise<OperationView[]> {
    const page = (await this.#call('GET', `/v1/failures?limit=${limit}`, key)) as Record<string, unknown>;
    const listed = Object.values(page).find((value) => Array.isArray(value));
    return (listed ?? []) as OperationView[];
  }

  async overview(key: string): Promise<Overview> {
    return (await this.#call('GET', '/v1/admin/overview', key)) as Overview;
  }

  resolve(key: string, operationId: string, note: string): Promise<unknown> {
    return this.#call(
      'POST',
      `/v1/failures/${operationId}/resolve`,
      key,
      { note },
      { 'idempotency-key': `"${randomUUID()}"` },
    );
  }

  async #call(
    method: string,
    path: string,
    key: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const answer = await fetch(this.#url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`relay: ${method} ${path} answered ${answer.status}: ${text.slice(0, 800)}`);
    return JSON.parse(text) as unknown;
  }
}
