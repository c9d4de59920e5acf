import { createHmac } from 'node:crypto';
import { equalInConstantTime } from './constant-time';

/** Signatures of the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body`. */

const TOLERANCE_S = 5 * 60;
const PREFIX = 'whsec_';

export interface WebhookHeaders {
  id: string | undefined;
  /** Seconds since the epoch. */
  timestamp: string | undefined;
  signature: string | undefined;
}

export type WebhookVerdict = { ok: true; id: string } | { ok: false; reason: string };

export function signWebhook(secret: string, id: string, timestampS: number, body: Buffer | string): string {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestampS}.`).update(body).digest('base64')}`;
}

/** All signatures that a message carries while secrets are rotated: one per secret, blank between. */
export const signWebhookWithAll = (
  secrets: readonly string[],
  id: string,
  timestampS: number,
  body: Buffer | string,
): string => secrets.map((secret) => signWebhook(secret, id, timestampS, body)).join(' ');

/** Checks the headers over the exact bytes received. Any secret may fit any of the signatures given. */
export function verifyWebhook(
  headers: WebhookHeaders,
  body: Buffer,
  secrets: readonly string[],
  nowMs: number,
): WebhookVerdict {
  const { id, timestamp, signature } = headers;
  if (!id || !timestamp || !signature) {
    return { ok: false, reason: 'webhook-id, webhook-timestamp and webhook-signature are required' };
  }
  if (!/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: 'webhook-timestamp must be seconds since 1970' };
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_S) {
    return { ok: false, reason: 'webhook-timestamp is more than five minutes away from now' };
  }
  const given = signature.split(' ').filter((part) => part.startsWith('v1,'));
  const fits = secrets.some((secret) => {
    const wanted = signWebhook(secret, id, Number(timestamp), body);
    return given.some((part) => equalInConstantTime(part, wanted));
  });
  return fits ? { ok: true, id } : { ok: false, reason: 'no signature fits' };
}
