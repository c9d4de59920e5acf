import { Agent, request } from 'undici';
import type { CrmConfig } from '../config/schema-crm';
import { readRetryAfter } from '../parse/retry-after';
import { assertAllowedUrl, BlockedTargetError, guardedLookup } from '../security/guard-target';
import { signWebhookWithAll } from '../security/standard-webhooks';
import type { CrmAdapter, CrmBatch, CrmFault, CrmWriteOutcome } from './crm-adapter';

/** How much of a target's answer is kept with a failure, in characters. */
const KEPT_ANSWER = 500;

/** A target answered with something else than 2xx. */
export class WebhookRefused extends Error {
  readonly status: number;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, retryAfterMs: number | undefined, answer: string) {
    super(`The target answered ${status}: ${answer.slice(0, KEPT_ANSWER)}`);
    this.name = 'WebhookRefused';
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Any system that takes webhooks: one signed POST per change (Standard Webhooks). `webhook-id` is the operation's id, so a receiver
 * recognises a repeated one.
 */
export class WebhookAdapter implements CrmAdapter {
  readonly kind = 'webhook';
  readonly name: string;
  readonly #url: string;
  readonly #secrets: readonly string[];
  readonly #agent: Agent;
  readonly #now: () => number;

  constructor(config: CrmConfig, timeoutMs: number, now: () => number = Date.now) {
    const url = config.url ?? config.baseUrl ?? '';
    assertAllowedUrl(url, config.allowPrivateHosts);
    this.name = config.name;
    this.#url = url;
    this.#secrets = config.signingSecrets;
    this.#now = now;
    this.#agent = new Agent({
      connect: { lookup: guardedLookup(config.allowPrivateHosts), timeout: Math.min(timeoutMs, 10_000) },
      connections: config.limits.inFlight,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  readRecords(): Promise<ReadonlyMap<string, unknown>> {
    return Promise.resolve(new Map());
  }

  async writeBatch(batch: CrmBatch, signal: AbortSignal): Promise<readonly CrmWriteOutcome[]> {
    const outcomes: CrmWriteOutcome[] = [];
    let refusal: CrmFault | undefined;
    for (const item of batch.items) {
      try {
        // A target that asks for rest gets no more of this batch.
        if (refusal === undefined) {
          await this.#post(item.operationId, item.event ?? item.fields, item.traceparent, signal);
          outcomes.push({ ok: true, crmId: item.crmId, status: 'updated' });
        } else outcomes.push({ ok: false, fault: refusal });
      } catch (error) {
        const fault = this.classifyError(error);
        if (fault.class === 'throttle') refusal = fault;
        outcomes.push({ ok: false, fault });
      }
    }
    return outcomes;
  }

  classifyError(error: unknown): CrmFault {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof BlockedTargetError) return { class: 'configuration', code: 'TARGET_BLOCKED', message };
    if (!(error instanceof WebhookRefused)) return { class: 'transient', code: 'NO_ANSWER', message };
    const { status, retryAfterMs } = error;
    const known = { code: `HTTP_${status}`, message, status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    if (status === 429) return { class: 'throttle', ...known };
    if (status === 408 || status === 425 || status >= 500) return { class: 'transient', ...known };
    if (status === 401) return { class: 'permission', refusedCaller: true, ...known };
    if (status === 403) return { class: 'permission', ...known };
    // All changes go to one address: while a target is deployed anew its gateway knows none there for moments. It is asked as often as an outage is.
    if (status === 404) return { class: 'configuration', refusedCaller: true, ...known };
    if (status === 410 || status < 400) return { class: 'configuration', ...known };
    return { class: 'data', ...known };
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #post(id: string, content: unknown, traceparent: string | undefined, signal: AbortSignal): Promise<void> {
    const body = JSON.stringify(content);
    const timestampS = Math.floor(this.#now() / 1000);
    // Redirects are not followed: a target that moves must be configured, or a signed change goes to whoever is named.
    const answer = await request(this.#url, {
      method: 'POST',
      dispatcher: this.#agent,
      signal,
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'SuiteRelay',
        'webhook-id': id,
        'webhook-timestamp': String(timestampS),
        ...(this.#secrets.length > 0
          ? { 'webhook-signature': signWebhookWithAll(this.#secrets, id, timestampS, body) }
          : {}),
        ...(traceparent === undefined ? {} : { traceparent }),
      },
    });
    const text = await readStart(answer.body);
    if (answer.statusCode < 200 || answer.statusCode > 299) {
      throw new WebhookRefused(answer.statusCode, readRetryAfter(answer.headers['retry-after'], this.#now()), text);
    }
  }
}

/** Of an answer only its beginning is told, and no target can fill the memory with the rest. */
const MOST_BYTES = 64 * 1024;

async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    // Leaving the loop ends the connection.
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, MOST_BYTES).toString();
}
