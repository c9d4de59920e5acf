import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../contract';
import { ProblemError } from '../problem';
import { hubspotObject } from './hubspot-events';

/** A workflow's whole object in the shape of the CRM API: `{id, properties: {name: "value"}}`. */
export function plainProperties(sent: unknown, named: unknown): { object: string; record: Record<string, unknown> } {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    throw new ProblemError('validation-failed', 'The body is not an object of HubSpot.');
  }
  const { objectType, objectId, vid, id, properties, ...rest } = sent as Record<string, unknown>;
  const given = typeof named === 'string' ? named : typeof objectType === 'string' ? objectType : undefined;
  if (given === undefined) {
    throw new ProblemError(
      'validation-failed',
      'Say which object is sent, by ?object=deal in the address of the webhook.',
    );
  }
  const recordId = id ?? objectId ?? vid;
  const plain = Object.fromEntries(
    Object.entries((properties as Record<string, unknown> | undefined) ?? {}).map(([name, value]) => [
      name,
      valueOf(value),
    ]),
  );
  const record = { ...rest, ...(recordId === undefined ? {} : { id: asText(recordId) }), properties: plain };
  return { object: hubspotObject(given), record };
}

/** `{value, timestamp, …}` in workflows, the bare text in the API. */
const valueOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'value' in value ? value.value : value;

const asText = (id: unknown): string => (typeof id === 'string' || typeof id === 'number' ? String(id) : '');

/** Names of properties that tell when a record was last saved. */
const SAVED = ['hs_lastmodifieddate', 'lastmodifieddate'];

/**
 * By what a repeat of what a workflow sent is known: all of it, with the moments of its values. Undefined where nothing tells when the record was
 * saved: a value that went away and came back would be taken for a repeat of the first and be lost, while one that is written again changes nothing.
 */
export function repeatKey(object: string, sent: unknown): string | undefined {
  const { properties } = sent as { properties?: Record<string, unknown> };
  const dated = Object.entries(properties ?? {}).some(([name, value]) => SAVED.includes(name) || isDated(value));
  if (!dated) return undefined;
  return createHash('sha256')
    .update(`${object}|${canonicalJson(sent as never)}`)
    .digest('hex');
}

const isDated = (value: unknown): boolean => typeof value === 'object' && value !== null && 'timestamp' in value;
