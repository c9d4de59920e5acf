import type { PathUse } from './flow-schema';

export interface Found {
  /** False when the source does not speak of the value at all: absent is not null. */
  present: boolean;
  value: unknown;
}

const ABSENT: Found = { present: false, value: undefined };

/** Empty text is how HubSpot says null. */
const normalise = (value: unknown): unknown => (typeof value === 'string' && value.trim() === '' ? null : value);

function readOne(source: unknown, path: string): Found {
  let current: unknown = source;
  for (const step of path.split('.')) {
    if (current === null) return { present: true, value: null };
    if (typeof current !== 'object') return ABSENT;
    const holder = current as Record<string, unknown>;
    if (!Object.hasOwn(holder, step) || holder[step] === undefined) return ABSENT;
    current = holder[step];
  }
  return { present: true, value: normalise(current) };
}

/** The first path with a value; null when the source only says "empty"; absent when it names none of them. */
export function readPath(source: unknown, paths: PathUse): Found {
  let found = ABSENT;
  for (const path of Array.isArray(paths) ? paths : [paths]) {
    const next = readOne(source, path);
    if (next.present && next.value !== null) return next;
    if (next.present) found = next;
  }
  return found;
}

export const pathName = (paths: PathUse): string => (Array.isArray(paths) ? paths[0]! : paths);
