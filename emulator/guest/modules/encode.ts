import { missingArgument } from '../errors';
import type { ModuleFactory } from '../types';
import { enumOf, isObject, scriptError } from './arguments';

export const ENCODINGS = enumOf('UTF_8', 'BASE_16', 'BASE_32', 'BASE_64', 'BASE_64_URL_SAFE', 'HEX');

/** N/encode (page section_4369847722). */
export const createEncodeModule: ModuleFactory = (guest) => ({
  Encoding: ENCODINGS,
  convert(given: unknown): string {
    const options = isObject(given) ? given : {};
    for (const name of ['string', 'inputEncoding', 'outputEncoding']) {
      if (options[name] === undefined || options[name] === null)
        throw missingArgument('encode.convert', name === 'string' ? 'value' : name);
    }
    const { string, inputEncoding, outputEncoding } = options as Record<string, unknown>;
    if (!isEncoding(inputEncoding) || !isEncoding(outputEncoding))
      throw scriptError('UNEXPECTED_ERROR', 'An unexpected SuiteScript error has occurred');
    if (isObject(string)) throw new TypeError('options.string must be a string');
    return guest.syscall<string>('encode.convert', { text: String(string), from: inputEncoding, to: outputEncoding });
  },
});

export const isEncoding = (value: unknown): value is string =>
  typeof value === 'string' && Object.hasOwn(ENCODINGS, value);
