import { request, type Dispatcher } from 'undici';
import { parseKeepingNumbers } from '../parse/parse-keeping-numbers';
import { readRetryAfter } from '../parse/retry-after';

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

/** A file is larger than what was asked for; it was not read to its end. */
export class ContentTooLarge extends Error {
  constructor(most: number) {
    super(`The file has more than ${most} bytes.`);
    this.name = 'ContentTooLarge';
  }
}

/** The CRM refused the sign-in: nothing of the call itself was looked at. */
export class SignInRefused extends CrmCallError {}

/** Says of a fault that it is about who calls, not about what was sent. */
export const callerRefusal = (error: CrmCallError): { refusedCaller?: true } =>
  (error instanceof SignInRefused && error.status < 429) || error.status === 401 ? { refusedCaller: true } : {};

export interface CrmCall {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: unknown;
  /** Sent as it is, with its own content type. */
  form?: URLSearchParams;
  /** A text of another type than JSON, such as CSV. */
  text?: { type: string; content: string };
  signal: AbortSignal;
  dispatcher?: Dispatcher | undefined;
  /** How long the CRM may hold the call before it answers, in ms, where that is longer than others may take. */
  holdMs?: number;
}

export interface CrmAnswer {
  status: number;
  body: unknown;
  header: (name: string) => string | undefined;
  /** `Set-Cookie` headers. */
  cookies: readonly string[];
}

/** A sign-in. Throws `SignInRefused` where another call would throw `CrmCallError`. */
export async function callForToken(call: CrmCall): Promise<unknown> {
  try {
    return (await callCrm(call)).body;
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    throw new SignInRefused(error.status, error.body, error.retryAfterMs);
  }
}

/** One call, JSON in and out. No retry and no redirect here: the queue around it decides, and an answer is believed once. */
export async function callCrm(call: CrmCall): Promise<CrmAnswer> {
  const { method, url, signal, dispatcher, holdMs } = call;
  const { type, content: body } = contentOf(call);
  const answer = await request(url, {
    method,
    signal,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': type }), ...call.headers },
    ...(body === undefined ? {} : { body }),
    ...(dispatcher ? { dispatcher } : {}),
    ...(holdMs === undefined ? {} : { headersTimeout: holdMs, bodyTimeout: holdMs }),
  });
  const text = await answer.body.text();
  const cookies = [answer.headers['set-cookie'] ?? []].flat();
  const header = (name: string): string | undefined => {
    const value = answer.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const parsed = parse(text);
  if (answer.statusCode >= 200 && answer.statusCode <= 299)
    return { status: answer.statusCode, body: parsed, header, cookies };
  throw new CrmCallError(answer.statusCode, parsed, readRetryAfter(header('retry-after'), Date.now()));
}

/** Bytes of a file, at most `most`. No redirect is followed. */
export async function callForBytes({
  url,
  headers,
  most,
  signal,
  dispatcher,
}: Pick<CrmCall, 'url' | 'headers' | 'signal' | 'dispatcher'> & { most: number }): Promise<Buffer> {
  const answer = await request(url, { method: 'GET', signal, headers, ...(dispatcher ? { dispatcher } : {}) });
  if (answer.statusCode !== 200) {
    const text = await answer.body.text();
    const waitMs = readRetryAfter(answer.headers['retry-after'], Date.now());
    throw new CrmCallError(answer.statusCode, parse(text), waitMs);
  }
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer.body as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) throw new ContentTooLarge(most);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function contentOf({ form, text, body }: CrmCall): { type: string; content: string | undefined } {
  if (form) return { type: 'application/x-www-form-urlencoded', content: form.toString() };
  return text ?? { type: 'application/json', content: body === undefined ? undefined : JSON.stringify(body) };
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return parseKeepingNumbers(text);
  } catch {
    return text;
  }
}
