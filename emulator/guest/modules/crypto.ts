import { missingArgument } from '../errors';
import type { Guest, ModuleFactory } from '../types';
import { enumOf, isObject, optionsOf, readOnly, requireArguments, scriptError, type Options } from './arguments';
import { ENCODINGS, isEncoding } from './encode';

const HASHES = enumOf('SHA1', 'SHA256', 'SHA512', 'MD5');
const OBSOLETE = ['SHA1', 'MD5'];

/** What a SecretKey stands for; scripts can't read it. */
export interface KeyReference {
  guid?: string;
  secret?: string;
  encoding: string;
}

interface Chunk {
  text: string;
  encoding: string;
}

/** N/crypto (page section_4358549582). All calls are free; keys and digests are made on the account side. */
export const createCryptoModule: ModuleFactory = (guest) => {
  const keys = new WeakMap<object, KeyReference>();
  guest.bridges.secretKeys = keys;
  const keyOf = (key: unknown): KeyReference => {
    const known = isObject(key) ? keys.get(key) : undefined;
    if (!known) throw scriptError('UNEXPECTED_ERROR', 'An unexpected SuiteScript error has occurred');
    return known;
  };
  return {
    EncryptionAlg: enumOf('AES'),
    Encoding: ENCODINGS,
    HashAlg: HASHES,
    Padding: enumOf('NoPadding', 'PKCS5Padding'),
    createSecretKey: (first: unknown, encoding?: unknown) => createSecretKey(keys, first, encoding),
    createHash(first: unknown) {
      const options = optionsOf(first, ['algorithm']);
      const algorithm = requireHash('crypto.createHash', options);
      return digester(guest, 'crypto.Hash', algorithm);
    },
    createHmac(first: unknown, key?: unknown) {
      const options = optionsOf(first, ['algorithm', 'key'], [key]);
      const algorithm = requireHash('crypto.createHmac', options);
      if (options.key === undefined || options.key === null) throw missingArgument('crypto.createHmac', 'key');
      return digester(guest, 'crypto.Hmac', algorithm, keyOf(options.key));
    },
    createCipher(options: Options) {
      requireCipher('crypto.createCipher', options);
      return cipher(guest, options, keyOf(options.key));
    },
    createDecipher(options: Options) {
      requireCipher('crypto.createDecipher', options);
      return decipher(guest, options, keyOf(options.key));
    },
    checkPasswordField(options: Options): boolean {
      requireArguments('crypto.checkPasswordField', options ?? {}, ['fieldId', 'recordId', 'recordType', 'value']);
      const { fieldId, recordId, recordType, value, sublistId, line } = options;
      return guest.syscall<boolean>('crypto.checkPassword', {
        fieldId: String(fieldId),
        recordId: String(recordId),
        recordType: String(recordType),
        value: String(value),
        sublistId: sublistId === undefined || sublistId === null ? null : String(sublistId),
        line: line === undefined || line === null ? null : Number(line),
      });
    },
  };
};

export function createSecretKey(keys: WeakMap<object, KeyReference>, first: unknown, positional?: unknown): object {
  const options = optionsOf(first, ['guid', 'encoding'], [positional]);
  const { guid, secret, encoding = 'HEX' } = options as { guid?: string; secret?: string; encoding?: string };
  if (guid && secret)
    throw scriptError('MUTUALLY_EXCLUSIVE_ARGUMENTS', 'The arguments guid and secret are mutually exclusive.');
  if (!guid && !secret) throw missingArgument('crypto.createSecretKey', 'options.guid');
  requireEncoding(encoding);
  const key = { toString: () => 'crypto.SecretKey', toJSON: () => ({ guid: guid ?? null, encoding }) };
  readOnly(key, 'crypto.SecretKey', {
    guid: () => guid ?? null,
    secret: () => secret ?? null,
    encoding: () => encoding,
  });
  // A positional text may be either kind; API secrets have a prefix of their own.
  const byScriptId = secret ?? (guid?.startsWith('custsecret') ? guid : undefined);
  keys.set(key, byScriptId ? { secret: byScriptId, encoding } : { guid: guid ?? '', encoding });
  return key;
}

function requireEncoding(encoding: unknown): void {
  if (!isEncoding(encoding)) throw scriptError('INVALID_ENUM_TYPE_VALUE', `Invalid enum value: ${String(encoding)}`);
}

function requireHash(method: string, options: Options): string {
  const { algorithm } = options;
  if (algorithm === undefined || algorithm === null) throw missingArgument(method, 'algorithm');
  if (typeof algorithm !== 'string' || !Object.hasOwn(HASHES, algorithm))
    throw scriptError('INVALID_ENUM_TYPE_VALUE', `Invalid enum value: ${String(algorithm)}`);
  if (OBSOLETE.includes(algorithm))
    throw scriptError('HASHING_ALGORITHM_IS_NO_LONGER_VALID', 'The specified hashing algorithm is no longer valid.');
  return algorithm;
}

function requireCipher(method: string, options: Options): void {
  for (const name of ['algorithm', 'key'])
    if (options?.[name] === undefined || options[name] === null) throw missingArgument(method, name);
  const { algorithm, padding } = options;
  if (algorithm !== 'AES' || (padding !== undefined && padding !== 'NoPadding' && padding !== 'PKCS5Padding')) {
    throw scriptError(
      'INVALID_ENUM_TYPE_VALUE',
      `Invalid enum value: ${String(algorithm === 'AES' ? padding : algorithm)}`,
    );
  }
}

function collector(name: string, fallback: string): { chunks: Chunk[]; update: (options: Options) => void } {
  const chunks: Chunk[] = [];
  return {
    chunks,
    update: (options) => {
      const input = options?.input;
      if (input === undefined || input === null || input === '' || input === false)
        throw missingArgument(`${name}.update`, 'input');
      const encoding = options.inputEncoding ?? fallback;
      requireEncoding(encoding);
      chunks.push({ text: String(input), encoding: encoding as string });
    },
  };
}

const outputOf = (options: Options | undefined, fallback: string): string => {
  const encoding = options?.outputEncoding ?? fallback;
  requireEncoding(encoding);
  return encoding as string;
};

/** Hash and Hmac go on after `digest`: later data add to the earlier. */
function digester(guest: Guest, name: string, algorithm: string, key?: KeyReference): object {
  const { chunks, update } = collector(name, 'UTF_8');
  return {
    update,
    digest: (options?: Options) =>
      guest.syscall<string>('crypto.digest', { algorithm, chunks, output: outputOf(options, 'HEX'), key: key ?? null }),
    toString: () => name,
    toJSON: () => ({}),
  };
}

function cipher(guest: Guest, { padding = 'PKCS5Padding' }: Options, key: KeyReference): object {
  const { chunks, update } = collector('crypto.Cipher', 'UTF_8');
  return {
    update,
    final: (options?: Options) =>
      guest.syscall('crypto.encrypt', { chunks, padding, key, output: outputOf(options, 'HEX') }),
    toString: () => 'crypto.Cipher',
    toJSON: () => ({}),
  };
}

function decipher(guest: Guest, { padding = 'PKCS5Padding', iv }: Options, key: KeyReference): object {
  const { chunks, update } = collector('crypto.Decipher', 'HEX');
  return {
    update,
    final: (options?: Options) =>
      guest.syscall('crypto.decrypt', { chunks, padding, key, iv: iv ?? null, output: outputOf(options, 'UTF_8') }),
    toString: () => 'crypto.Decipher',
    toJSON: () => ({}),
  };
}
