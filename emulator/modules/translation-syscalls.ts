import { settingOf } from '../kernel/setting-of';
import { fault, type Account, type Execution, type FaultError, type SyscallTable } from '../kernel/types';
import { findCollection, termKey, termsOf } from '../sdf/register/register-translations';
import { schema } from '../sdf/schema';

interface Locales {
  enabled: string[];
  current: string;
  companyDefault: string;
}

interface LoadArgs {
  api: 'translation.get' | 'translation.load';
  collections: { collection: string; keys: string[] }[];
  locales: string[];
}

/** All locales that a collection may have; an account has the setting's, of which the first is the company's (page section_1541709045). */
function localesOf(account: Account): Locales {
  const all = (schema.enums.translationcollection_defaultlanguage ?? []).map((name) => name.replace('-', '_'));
  const chosen = settingOf<string[]>(account, 'enabledLocales', []);
  const [companyDefault = 'en_US'] = chosen;
  const { LANGUAGE } = (account.settings.preferences ?? {}) as { LANGUAGE?: string };
  return { enabled: chosen.length > 0 ? chosen : all, current: LANGUAGE ?? companyDefault, companyDefault };
}

/** Texts by locale, collection and key; in a language without the term the collection's own text. */
function load(account: Account, execution: Execution, { api, collections, locales }: LoadArgs): string[][][] {
  const { enabled, current } = localesOf(account);
  for (const locale of locales)
    if (!enabled.includes(locale) && locale !== current)
      throw fault('INVALID_LOCALE', `The locale ${locale} is invalid or not enabled in this account.`);
  account.charge(execution, api);
  return locales.map((locale) =>
    collections.map(({ collection, keys }) => {
      const found = findCollection(account, collection);
      const terms = found ? termsOf(found) : {};
      return keys.map((key) => {
        const term = terms[termKey(key)];
        if (!term) throw notFound(collection, key);
        return term[locale] ?? term[''] ?? '';
      });
    }),
  );
}

const notFound = (collection: string, key: string): FaultError =>
  fault('TRANSLATION_KEY_NOT_FOUND', `The translation key ${key} was not found in the collection ${collection}.`);

export const translationSyscalls: SyscallTable = {
  'translation.locales': localesOf,
  'translation.load': load,
};
