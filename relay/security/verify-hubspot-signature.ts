import { createHash, createHmac } from 'node:crypto';
import { equalInConstantTime } from './constant-time';

/** How far a request's time may lie from ours, either way, in ms (HubSpot: requests older than five minutes are refused). */
const TOLERANCE_MS = 5 * 60_000;

/** HubSpot signs the address with these escapes undone, and no others. */
const DECODED: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

export interface SignedHubSpotRequest {
  method: string;
  /** The public address with scheme, host and query, without fragment. */
  url: string;
  /** The exact bytes received: serialising the JSON again may give others. */
  body: Buffer;
  headers: {
    v3?: string | undefined;
    timestamp?: string | undefined;
    legacy?: string | undefined;
    version?: string | undefined;
  };
}

export type HubSpotVerdict = { ok: true } | { ok: false; reason: string };

const refuse = (reason: string): HubSpotVerdict => ({ ok: false, reason });

/** Checks a HubSpot signature against any of the secrets. A v3 signature that is present decides alone: no downgrade to v1 or v2. */
export function verifyHubSpotSignature(
  request: SignedHubSpotRequest,
  secrets: readonly string[],
  nowMs: number,
  allowLegacy = false,
): HubSpotVerdict {
  const { v3, timestamp, legacy, version } = request.headers;
  if (v3 !== undefined) return verifyV3(request, v3, timestamp, secrets, nowMs);
  if (legacy === undefined) return refuse('the header X-HubSpot-Signature-v3 is missing');
  if (!allowLegacy) return refuse('only version 3 signatures are accepted');
  const fits = secrets.some((secret) => equalInConstantTime(legacySignature(request, secret, version ?? 'v1'), legacy));
  return fits ? { ok: true } : refuse('the signature does not fit');
}

function verifyV3(
  request: SignedHubSpotRequest,
  signature: string,
  timestamp: string | undefined,
  secrets: readonly string[],
  nowMs: number,
): HubSpotVerdict {
  if (timestamp === undefined || !/^\d{1,16}$/.test(timestamp)) return refuse('X-HubSpot-Request-Timestamp is missing');
  if (Math.abs(nowMs - Number(timestamp)) > TOLERANCE_MS) return refuse('the request is older than five minutes');
  const fits = secrets.some((secret) => equalInConstantTime(signHubSpotV3(request, timestamp, secret), signature));
  return fits ? { ok: true } : refuse('the signature does not fit');
}

export function signHubSpotV3(
  { method, url, body }: Pick<SignedHubSpotRequest, 'method' | 'url' | 'body'>,
  timestamp: string,
  secret: string,
): string {
  return createHmac('sha256', secret)
    .update(method + decodeUrl(url))
    .update(body)
    .update(timestamp)
    .digest('base64');
}

function decodeUrl(url: string): string {
  return url.replace(/%[0-9A-Fa-f]{2}/g, (escape) => DECODED[escape.toUpperCase()] ?? escape);
}

function legacySignature({ method, url, body }: SignedHubSpotRequest, secret: string, version: string): string {
  const hash = createHash('sha256').update(secret);
  if (version === 'v2') hash.update(method + url);
  return hash.update(body).digest('hex');
}
