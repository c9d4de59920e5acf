import { createHash } from 'node:crypto';
import { canonicalJson } from '../../contract';
import type { PeriodSum, SideSum } from './report';

/** What both sides hold of one record, as texts that are equal when the contents are; null where a side lacks it. */
export interface Line {
  key: string;
  crm: string | null;
  netsuite: string | null;
}

export const digestOf = (content: object): string =>
  createHash('sha256')
    .update(canonicalJson(content as Parameters<typeof canonicalJson>[0]))
    .digest('base64url');

/** Counts and hashes of both sides over the records of a period, whatever order they were read in. Several lines of a key count once. */
export function sumLines(period: { from: string; to: string }, lines: readonly Line[]): PeriodSum {
  const byKey = [...new Map(lines.map((line) => [line.key, line])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const crm = sideOf(byKey.map(({ key, crm: held }) => [key, held]));
  const netsuite = sideOf(byKey.map(({ key, netsuite: held }) => [key, held]));
  return { ...period, crm, netsuite, equal: crm.count === netsuite.count && crm.hash === netsuite.hash };
}

function sideOf(lines: readonly (readonly [string, string | null])[]): SideSum {
  const held = lines.filter(([, content]) => content !== null);
  const hash = createHash('sha256');
  for (const [key, content] of held) hash.update(`${key}|${content}\n`);
  return { count: held.length, hash: hash.digest('hex') };
}

const DAY_MS = 86_400_000;

/** The day in UTC that a moment falls on. */
export function dayOf(at: string): { from: string; to: string } {
  const start = Math.floor(Date.parse(at) / DAY_MS) * DAY_MS;
  return { from: new Date(start).toISOString(), to: new Date(start + DAY_MS).toISOString() };
}
