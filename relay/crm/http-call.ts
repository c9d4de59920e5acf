import { request, type Dispatcher } from 'undici';

/** An answer of a CRM that is no success, with what the classifier needs. */
export class CrmCallError extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, body: unknown, retryAfterMs: number | undefined) {
    super(`The CRM answered ${status}: ${(typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 500)}`);
    this.name = 'CrmCallError';
    this.status = status;
    this.body = body;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface CrmCall {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: unknown;
  /** Sent as it is, with its own content type. */
  form?: URLSearchParams;
  signal: AbortSignal;
  dispatcher?: Dispatcher | undefined;
}

export interface CrmAnswer {
  status: number;
  body: unknown;
  header: (name: string) => string | undefined;
}

/** One call, JSON in and out. No retry and no redirect here: the queue around it decides, and an answer is believed once. */
export async function callCrm(call: CrmCall): Promise<CrmAnswer> {
  const { method, url, signal, dispatcher, form } = call;
  const body = form ? form.toString() : call.body === undefined ? undefined : JSON.stringify(call.body);
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const answer = await request(url, {
    method,
    signal,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': type }), ...call.headers },
    ...(body === undefined ? {} : { body }),
    ...(dispatcher ? { dispatcher } : {}),
  });
  const text = await answer.body.text();
  const header = (name: string): string | undefined => {
    const value = answer.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const parsed = parse(text);
  if (answer.statusCode >= 200 && answer.statusCode <= 299) return { status: answer.statusCode, body: parsed, header };
  throw new CrmCallError(answer.statusCode, parsed, retryAfterMs(header('retry-after')));
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const retryAfterMs = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d+$/.test(value.trim()) ? Number(value) * 1000 : undefined;
