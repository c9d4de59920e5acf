import { hide } from '../define';
import { missingArgument, unsupported } from '../errors';
import { defineLazy } from '../lazy';
import type { Guest, ModuleFactory } from '../types';
import { isObject, requireArguments, scriptError, wrongType, type Options } from './arguments';

/** What a handle was loaded with: texts by locale, collection and key. */
interface Loaded {
  aliases: string[];
  keys: string[][];
  locales: string[];
  texts: string[][][];
}

interface Locales {
  enabled: string[];
  current: string;
  companyDefault: string;
}

type Translator = (options?: { params?: string[] }) => string;

/** Strings that one call loads at most (page section_1541708603). */
const MAX_STRINGS = 1000;

/** N/translation (page section_1538666156): texts of Translation Collections. */
export const createTranslationModule: ModuleFactory = (guest) => {
  const handles = new WeakMap<object, Loaded>();
  const make = (loaded: Loaded, at: number): object => {
    const handle = handleOf(loaded, at);
    handles.set(handle, loaded);
    return handle;
  };
  const module = {
    get: (options: Options): Translator => get(guest, options ?? {}),
    load: (options: Options): object => make(load(guest, options ?? {}), 0),
    selectLocale(options: Options): object {
      requireArguments('translation.selectLocale', options ?? {}, ['handle', 'locale']);
      const loaded = isObject(options.handle) ? handles.get(options.handle) : undefined;
      if (!loaded) throw wrongType('handle', 'translation.Handle');
      const at = loaded.locales.indexOf(String(options.locale));
      if (at < 0) throw scriptError('INVALID_LOCALE', `The locale ${String(options.locale)} was not loaded.`);
      return make(loaded, at);
    },
  };
  defineLazy(module, 'Locale', () => {
    const { enabled, current, companyDefault } = guest.syscall<Locales & object>('translation.locales');
    const names = Object.fromEntries(enabled.map((name) => [name, name]));
    return Object.freeze({ CURRENT: current, COMPANY_DEFAULT: companyDefault, ...names });
  });
  return module;
};

const currentLocale = (guest: Guest): string => guest.syscall<Locales & object>('translation.locales').current;

/** Page section_1541707388. */
function get(guest: Guest, options: Options): Translator {
  requireArguments('translation.get', options, ['collection', 'key']);
  const { collection, key, locale } = options;
  checkCollection(collection);
  checkKey(key);
  const sent = {
    api: 'translation.get',
    collections: [{ collection: collection as string, keys: [key as string] }],
    locales: [locale ? checkedLocale(locale) : currentLocale(guest)],
  };
  return translator(guest.syscall<string[][][]>('translation.load', sent)[0]![0]![0]!);
}

function checkCollection(given: unknown): void {
  if (typeof given !== 'string' || !/^custcollection\w*$/i.test(given))
    throw scriptError('INVALID_TRANSLATION_COLLECTION', `The translation collection ${String(given)} is invalid.`);
}

function checkKey(given: unknown): void {
  if (typeof given !== 'string' || !/^\w+$/.test(given))
    throw scriptError('INVALID_TRANSLATION_KEY', `The translation key ${String(given)} is invalid.`);
}

function checkedLocale(given: unknown): string {
  if (typeof given === 'string') return given;
  throw scriptError('INVALID_LOCALE', `The locale ${String(given)} is invalid.`);
}

/** Page section_1541708603. */
function load(guest: Guest, options: Options): Loaded {
  requireArguments('translation.load', options, ['collections']);
  const { collections, locales } = options;
  if (!Array.isArray(collections)) throw wrongType('collections', 'Array');
  if (collections.length === 0) throw missingArgument('translation.load', 'collections');
  if (locales !== undefined && locales !== null && !Array.isArray(locales)) throw wrongType('locales', 'Array');
  const wanted = (collections as Options[]).map(readCollection);
  if (wanted.reduce((sum, { keys }) => sum + keys.length, 0) > MAX_STRINGS)
    throw unsupported(`translation.load of more than ${MAX_STRINGS} strings`);
  const named = ((locales ?? []) as unknown[]).map(checkedLocale);
  if (named.length === 0) named.push(currentLocale(guest));
  const sent = {
    api: 'translation.load',
    collections: wanted.map(({ collection, keys }) => ({ collection, keys })),
    locales: named,
  };
  return {
    aliases: wanted.map(({ alias }) => alias),
    keys: wanted.map(({ keys }) => keys),
    locales: named,
    texts: guest.syscall<string[][][]>('translation.load', sent),
  };
}

function readCollection(given: Options): { alias: string; collection: string; keys: string[] } {
  requireArguments('translation.load', given ?? {}, ['collection', 'alias', 'keys']);
  const { alias, collection, keys } = given;
  checkCollection(collection);
  if (typeof alias !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(alias))
    throw scriptError('INVALID_ALIAS', `The alias ${String(alias)} is invalid.`);
  if (!Array.isArray(keys)) throw wrongType('keys', 'Array');
  keys.forEach(checkKey);
  return { alias, collection: collection as string, keys: keys as string[] };
}

/** translation.Handle: by alias a handle of translators (page section_1541705125). What its JSON holds of the texts, no page tells. */
function handleOf({ aliases, keys, texts }: Loaded, at: number): object {
  const handle: Options = named({});
  aliases.forEach((alias, i) => {
    const inner: Options = named({});
    keys[i]!.forEach((key, k) => (inner[key] = translator(texts[at]![i]![k]!)));
    handle[alias] = inner;
  });
  return handle;
}

function named(handle: Options): Options {
  hide(handle, 'toString', () => 'translation.Handle');
  hide(handle, 'toJSON', () => {
    throw unsupported('translation.Handle.toJSON');
  });
  return handle;
}

/** Puts parameters where `{1}`, `{2}` … stand (page section_1541706219). */
const translator =
  (text: string): Translator =>
  (options) => {
    const params = options?.params ?? [];
    if (!Array.isArray(params)) throw wrongType('params', 'Array');
    return text.replace(/\{(\d+)\}/g, (hole, n: string) => String(params[Number(n) - 1] ?? hole));
  };
