import { operationSchema } from '../../../../../contract/operation';
import { bucketOfKey, bucketValue } from './buckets';

/** Sorts before every version, so that what can't be read is told first. */
const NO_VERSION = '0'.repeat(16);

/**
 * Which bucket a staged line goes to, and as what. A line that can't be read becomes an operation that fails by itself; one without an id
 * of its own gets its place as id (`#run.part:line`), so that its result can be told from others.
 */
export function sortLine(line: string, place: string, buckets: number): { bucket: string; value: string } {
  const raw = readLine(line);
  const parsed = operationSchema.safeParse(raw);
  if (parsed.success) {
    const { key, version } = parsed.data;
    return { bucket: bucketOfKey(key.externalId, buckets), value: bucketValue(version, raw) };
  }
  return { bucket: bucketOfKey(place, buckets), value: bucketValue(NO_VERSION, named(raw, place)) };
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return { unreadable: line.slice(0, 200) };
  }
}

/** The operation's own id, or null when it has none. */
export const opIdOf = (raw: unknown): string | null =>
  typeof raw === 'object' && raw !== null && 'opId' in raw && typeof raw.opId === 'string' && raw.opId !== ''
    ? raw.opId
    : null;

function named(raw: unknown, place: string): unknown {
  if (opIdOf(raw) !== null) return raw;
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
    ? { ...raw, opId: place }
    : { opId: place, unreadable: raw };
}

export const placeOf = (run: number, part: number, line: number): string => `#${run}.${part}:${line}`;
