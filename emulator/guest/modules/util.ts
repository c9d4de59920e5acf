import type { ModuleFactory } from '../types';

const tag = (value: unknown): string => Object.prototype.toString.call(value);

/** N/util, also the global `util` (page section_4569538303). Return values of callbacks are ignored. */
export const createUtilModule: ModuleFactory = (guest) => ({
  isArray: (value: unknown) => Array.isArray(value),
  isBoolean: (value: unknown) => tag(value) === '[object Boolean]',
  isDate: (value: unknown) => tag(value) === '[object Date]',
  isError: (value: unknown) => tag(value) === '[object Error]',
  isFunction: (value: unknown) => typeof value === 'function',
  isNumber: (value: unknown) => tag(value) === '[object Number]',
  isNumberOrString: (value: unknown) => tag(value) === '[object Number]' || tag(value) === '[object String]',
  // Plain objects only: arrays, functions, dates and null are not.
  isObject: (value: unknown) => tag(value) === '[object Object]',
  isRegExp: (value: unknown) => tag(value) === '[object RegExp]',
  isString: (value: unknown) => tag(value) === '[object String]',
  isBigInt: (value: unknown) => (value === null ? null : typeof value === 'bigint'),
  isThenable: (value: unknown) => value && typeof (value as { then?: unknown }).then === 'function',
  nanoTime: () => Math.round(guest.now() * 1e6),
  trim: (value: unknown) => String(value).trim(),
  each,
  extend,
});

function each(
  collection: unknown,
  callback: (value: unknown, key: number | string, collection: unknown) => void,
): unknown {
  if (typeof callback !== 'function') throw new TypeError(`${String(callback)} is not a function`);
  if (Array.isArray(collection)) {
    for (let i = 0; i < collection.length; i++) callback(collection[i], i, collection);
  } else if (collection !== null && typeof collection === 'object') {
    for (const key of Object.keys(collection)) callback((collection as Record<string, unknown>)[key], key, collection);
  }
  return collection;
}

function extend(receiver: Record<string, unknown>, contributor: Record<string, unknown>): Record<string, unknown> {
  for (const key of Object.keys(contributor ?? {})) receiver[key] = contributor[key];
  return receiver;
}
