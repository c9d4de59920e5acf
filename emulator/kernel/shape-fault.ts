/** What a value that comes from outside must look like. Keys of an object that end in `?` may be absent; keys not named may be anything. */
export type Shape =
  | 'text'
  | 'boolean'
  | 'object'
  /** A number from 0, whole where it counts something. */
  | 'amount'
  | 'count'
  /** Internal id or name: text or number. */
  | 'id'
  | { list: Shape }
  | { map: Shape }
  | { keys: Record<string, Shape> }
  | { orNull: Shape }
  /** Anything that passes the check, which `must` tells in words. */
  | { must: string; check: (value: unknown) => boolean };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const SIMPLE: Record<Extract<Shape, string>, { must: string; check: (value: unknown) => boolean }> = {
  text: { must: 'text', check: (value) => typeof value === 'string' },
  boolean: { must: 'true or false', check: (value) => typeof value === 'boolean' },
  object: { must: 'an object', check: isObject },
  amount: { must: 'a number from 0', check: (value) => Number.isFinite(value) && Number(value) >= 0 },
  count: { must: 'a whole number from 0', check: (value) => Number.isSafeInteger(value) && Number(value) >= 0 },
  id: { must: 'an id', check: (value) => typeof value === 'string' || Number.isFinite(value) },
};

/** Which place of the value is wrong and what it must be; undefined when all is right. `place` names the value itself. */
export function shapeFault(value: unknown, shape: Shape, place: string): string | undefined {
  if (typeof shape === 'string') return shapeFault(value, SIMPLE[shape], place);
  if ('check' in shape) return shape.check(value) ? undefined : wrong(place, shape.must, value);
  if ('orNull' in shape) return value === null ? undefined : shapeFault(value, shape.orNull, place);
  if ('list' in shape) {
    if (!Array.isArray(value)) return wrong(place, 'an array', value);
    return firstFault(value.map((each: unknown, index) => [each, shape.list, `${place}[${index}]`]));
  }
  if (!isObject(value)) return wrong(place, 'an object', value);
  if ('map' in shape)
    return firstFault(Object.entries(value).map(([key, each]) => [each, shape.map, `${place}.${key}`]));
  return firstFault(
    Object.entries(shape.keys).flatMap(([key, inner]): Check[] => {
      const name = key.replace('?', '');
      const own = Object.hasOwn(value, name) ? value[name] : undefined;
      return own === undefined && key.endsWith('?') ? [] : [[own, inner, `${place}.${name}`]];
    }),
  );
}

type Check = [value: unknown, shape: Shape, place: string];

function firstFault(checks: Check[]): string | undefined {
  for (const [value, shape, place] of checks) {
    const found = shapeFault(value, shape, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

const MAX_SHOWN = 60;

function wrong(place: string, must: string, value: unknown): string {
  const shown = JSON.stringify(value) ?? 'nothing';
  return `${place} must be ${must}, not ${shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown}`;
}
