import { createHash } from 'node:crypto';
import type { RouteContext } from './request-context';

/**
 * Answers JSON with a strong ETag, and 304 when the caller holds it already. Done here, because Express sends the body again to
 * callers whose HTTP library adds `Cache-Control: no-cache` to a conditional request (as `fetch` does).
 */
export function answerTagged({ request, response }: Pick<RouteContext, 'request' | 'response'>, body: object): void {
  const text = JSON.stringify(body);
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  response.set({ ETag: tag, 'Cache-Control': 'private, no-cache' });
  // Compared weakly (RFC 9110, 13.1.2): a proxy that compresses answers makes weak tags of strong ones.
  const held = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (held.includes(tag) || held.includes('*')) response.status(304).end();
  else response.type('application/json').send(text);
}
