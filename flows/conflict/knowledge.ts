import { createHash } from 'node:crypto';
import type { Flip } from './detect-oscillation';
import type { Digests } from './digest-record';
import type { Stage } from './types';

/** What a record's CRM was last seen to hold, and what of it was sent on. One row a flow and record. */
export interface CrmKnowledge {
  /** Units as the CRM showed them last. */
  fields: Digests;
  /** Version at which a unit was seen: the source's own one, then the moment it arrived. */
  versions: Readonly<Record<string, string>>;
  /** Units as they were last accepted for NetSuite, whether it has them yet or not. */
  sent: Digests;
  /** Newest values accepted of each unit, with those of NetSuite that they took the place of. */
  flips: Readonly<Record<string, readonly Flip[]>>;
}

/** What NetSuite is known to hold: what an answer confirmed, less what was changed there since. */
export interface NetSuiteKnowledge {
  fields: Digests;
  stage: Stage | null;
  /** When an answer confirmed it, ms since epoch. */
  confirmedAt: number;
  /** Units that somebody in NetSuite has changed since, each with the id of the newest event that told of it. */
  edited: Readonly<Record<string, string>>;
}

/** Where the two lie in the store: pool of the account, side, and this key. */
export const knowledgeKey = (flowId: string, externalId: string): string => `${flowId}|${externalId.toUpperCase()}`;

export const hashOf = (projection: object): string =>
  createHash('sha256').update(JSON.stringify(projection)).digest('base64url').slice(0, 24);

const record = (value: unknown): Record<string, never> =>
  typeof value === 'object' && value !== null ? (value as Record<string, never>) : {};

export function readCrmKnowledge(projection: Readonly<Record<string, unknown>> | undefined): CrmKnowledge {
  const { fields, versions, newest, sent, flips } = projection ?? {};
  const seen = record(fields);
  const common = typeof newest === 'string' ? Object.fromEntries(Object.keys(seen).map((name) => [name, newest])) : {};
  return { fields: seen, versions: { ...common, ...record(versions) }, sent: record(sent), flips: record(flips) };
}

/** Nearly always all units were seen at one version: it is written once. */
export function writeCrmKnowledge({ fields, versions, sent, flips }: CrmKnowledge): Record<string, unknown> {
  const newest = Object.values(versions).sort().at(-1) ?? '';
  const older = Object.fromEntries(Object.entries(versions).filter(([, version]) => version !== newest));
  return {
    newest,
    fields,
    sent,
    ...(Object.keys(older).length > 0 ? { versions: older } : {}),
    ...(Object.keys(flips).length > 0 ? { flips } : {}),
  };
}

/** Null where nothing was confirmed, or where it is void. */
export function readNetSuiteKnowledge(
  projection: Readonly<Record<string, unknown>> | undefined,
): NetSuiteKnowledge | null {
  const { fields, stage, confirmedAt, edited } = projection ?? {};
  if (typeof confirmedAt !== 'number') return null;
  return {
    fields: record(fields),
    stage: stage === 'LEAD' || stage === 'PROSPECT' || stage === 'CUSTOMER' ? stage : null,
    confirmedAt,
    // Rows of earlier versions name the units alone.
    edited: Array.isArray(edited) ? Object.fromEntries((edited as string[]).map((name) => [name, ''])) : record(edited),
  };
}

const KEPT_FLIPS = 8;
/** How long a value counts as newest, in ms. */
export const FLIPS_MS = 10 * 60_000;

/** Adds a value to the newest ones of a unit; the same one again is no flip. */
export function addFlip(flips: readonly Flip[] | undefined, flip: Flip): readonly Flip[] {
  const recent = (flips ?? []).filter(({ at }) => flip.at - at <= FLIPS_MS);
  return recent.at(-1)?.value === flip.value ? recent : [...recent, flip].slice(-KEPT_FLIPS);
}
