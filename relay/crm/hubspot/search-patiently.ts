import { setTimeout as sleep } from 'node:timers/promises';
import { CrmCallError } from '../http-call';
import type { HubSpotClient } from './hubspot-client';

/** HubSpot takes five searches a second of a portal, whoever asks: the second passes. In ms. */
const SECOND_MS = 1_100;
const SEARCHES = 5;

/** A search that meets the limit of the second waits for the next one; other limits are the caller's matter. */
export async function searchPatiently(
  client: HubSpotClient,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await client.post(path, body, signal)).body;
    } catch (error) {
      const policy = error instanceof CrmCallError && error.status === 429 ? policyOf(error.body) : null;
      if (policy !== 'SECONDLY' || attempt >= SEARCHES) throw error;
      await sleep(SECOND_MS, undefined, { signal });
    }
  }
}

const policyOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'policyName' in body ? body.policyName : null;
