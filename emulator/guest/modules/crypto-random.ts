import { missingArgument } from '../errors';
import type { Guest, ModuleFactory } from '../types';
import { invalidTypeArgument, isObject, scriptError } from './arguments';

const MAX_BYTES = 512;

/** N/crypto/random (page section_13113107585); documented as free, a running account bills 5 units (profile `observed`). */
export const createRandomModule: ModuleFactory = (guest) => ({
  generateBytes(options: unknown): Uint8Array {
    const size = requireNumber('random.generateBytes', options, 'size', ['size']);
    if (Number.isNaN(size)) throw scriptError('USER_ERROR', `Invalid number (must be between 1 and ${MAX_BYTES})`);
    if (Math.trunc(size) < 1 || size > MAX_BYTES)
      throw scriptError(
        'INVALID_NUMBER_MUST_BE_BETWEEN_1_AND_2',
        `Invalid number (must be between 1 and ${MAX_BYTES})`,
      );
    return Uint8Array.from(guest.syscall<number[]>('random.bytes', { size: Math.trunc(size) }));
  },
  generateInt(options: unknown): number {
    const max = requireNumber('random.generateInt', options, 'max', ['min', 'max']);
    const min = Number((options as { min?: number }).min ?? 0);
    if (Number.isNaN(max)) throw scriptError('UNEXPECTED_ERROR', 'An unexpected SuiteScript error has occurred');
    if (max <= min)
      throw scriptError('INVALID_NUMBER_MUST_BE_LOWER_THAN_1', 'Invalid number (must be lower than max).');
    return guest.syscall<number>('random.int', { min, max: Math.min(max, Number.MAX_SAFE_INTEGER) });
  },
  generateUUID: (): string => uuid(guest),
});

const uuid = (guest: Guest): string => guest.syscall<string>('random.uuid');

function requireNumber(method: string, options: unknown, name: string, known: string[]): number {
  if (options === undefined) throw missingArgument(method, name);
  if (!isObject(options)) throw invalidTypeArgument('options');
  if (!Object.hasOwn(options, name)) throw missingArgument(method, name);
  if (Object.keys(options).some((key) => !known.includes(key)))
    throw scriptError('UNKNOWN_PARAM', `Unknown parameter: ${known.join(', ')}.`);
  const given = options[name];
  if (typeof given !== 'number') throw invalidTypeArgument(name);
  return given;
}
