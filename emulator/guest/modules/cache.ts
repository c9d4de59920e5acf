import { missingArgument } from '../errors';
import type { Guest, ModuleFactory } from '../types';
import { enumOf, optionsOf, readOnly, scriptError, wrongType } from './arguments';

const KB = 1024;
const MIN_TTL_SECONDS = 300;
const SCOPES = enumOf('PRIVATE', 'PROTECTED', 'PUBLIC');

interface CacheOptions {
  key?: unknown;
  value?: unknown;
  ttl?: unknown;
  loader?: (context: { key: string }) => unknown;
}

/** N/cache (page section_4642573343). Values are text; entries may vanish at any time. */
export const createCacheModule: ModuleFactory = (guest) => ({
  Scope: SCOPES,
  getCache(first: unknown, second?: unknown): object {
    if (first === undefined || first === null) throw missingArgument('cache.getCache', 'options.name');
    const options = optionsOf(first, ['name', 'scope'], [second]);
    const { name } = options;
    if (!('name' in options)) throw wrongType('options.name', 'string');
    if (name === undefined || name === null || name === '') throw missingArgument('cache.getCache', 'options.name');
    if (typeof name !== 'string') throw wrongType('options.name', 'string');
    if (name.length > KB) throw scriptError('SSS_INVALID_TYPE_ARG', 'Input value name cannot exceed 1 KB.');
    const wanted = options.scope === undefined || options.scope === null ? 'PRIVATE' : options.scope;
    const scope = typeof wanted === 'string' ? wanted.toUpperCase() : '';
    if (!Object.hasOwn(SCOPES, scope)) throw scriptError('UNEXPECTED_ERROR', 'An unexpected error has occurred.');
    return handle(guest, name, scope);
  },
});

function handle(guest: Guest, name: string, scope: string): object {
  const where = { name, scope };
  const cache = {
    get(options: CacheOptions): string | null {
      const key = keyOf('get', options);
      const ttl = ttlOf(options.ttl);
      const found = guest.syscall<string | null>('cache.get', { ...where, key });
      if (found !== null || typeof options.loader !== 'function') return found;
      const loaded = options.loader({ key });
      // The loader has run and costs its unit; nothing is kept when it had nothing to give.
      const value = loaded === null || loaded === undefined ? null : asText(loaded);
      guest.syscall('cache.store', { ...where, key, value, ttl, api: 'cache.loader' });
      return value;
    },
    put(options: CacheOptions): void {
      const key = keyOf('put', options);
      if (options.value === undefined || options.value === null) throw missingArgument('put', 'value');
      const value = asText(options.value);
      if (value.length > 512 * KB) throw scriptError('SSS_INVALID_TYPE_ARG', 'Input value value cannot exceed 512 KB.');
      guest.syscall('cache.store', { ...where, key, value, ttl: ttlOf(options.ttl), api: 'cache.put' });
    },
    remove(options: CacheOptions): void {
      guest.syscall('cache.remove', { ...where, key: keyOf('remove', options) });
    },
    toString: () => 'cache.Cache',
    toJSON: () => where,
  };
  readOnly(cache, '', { name: () => name, scope: () => scope });
  return cache;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function keyOf(method: string, options: CacheOptions): string {
  const { key } = options;
  if (key === undefined || key === null || key === '') throw missingArgument(method, 'key');
  const text = asText(key);
  if (text.length > 4 * KB) throw scriptError('SSS_INVALID_TYPE_ARG', 'Input value key cannot exceed 4 KB.');
  return text;
}

/** Seconds; 0 and absent mean no limit. */
function ttlOf(ttl: unknown): number {
  if (ttl === undefined || ttl === null) return 0;
  if (typeof ttl !== 'number')
    throw scriptError('SSS_INVALID_TYPE_ARG', `You have entered an invalid type argument: ${String(ttl)}`);
  if (ttl !== 0 && ttl < MIN_TTL_SECONDS)
    throw scriptError('SSS_INVALID_TYPE_ARG', 'Input value ttl must be greater than or equal to 300.');
  return ttl;
}
