import { missingArgument } from '../errors';
import type { JsonObject, ModuleFactory } from '../types';
import { invalidTypeArgument, isObject, withPromise } from './arguments';

/** N/suiteAppInfo (page article_160236086332): deployed SuiteApps, and what the settings `installedSuiteApps` and `installedBundles` name. */
export const createSuiteAppInfoModule: ModuleFactory = (guest) => {
  const check = (api: string, name: string, types: string[]) =>
    withPromise((options: unknown) => {
      const id = isObject(options) ? options[name] : undefined;
      if (id === undefined || id === null) throw missingArgument(`suiteAppInfo.${api}`, `options.${name}`);
      if (!types.includes(typeof id)) throw invalidTypeArgument(`options.${name}`);
      return guest.syscall<boolean>('suiteAppInfo.installed', { api: `suiteAppInfo.${api}`, id: String(id) });
    });
  const list = (syscall: string) =>
    withPromise(() =>
      guest.syscall<JsonObject[]>(syscall).map((found) => ({
        ...found,
        dateInstalled: dateOf(found.dateInstalled),
        dateLastUpdated: dateOf(found.dateLastUpdated),
      })),
    );
  const byScript = (api: string, syscall: string) =>
    withPromise((options: unknown) => {
      const ids = isObject(options) ? options.scriptIds : undefined;
      if (ids === undefined || ids === null) throw missingArgument(`suiteAppInfo.${api}`, 'options.scriptIds');
      if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string'))
        throw invalidTypeArgument('options.scriptIds');
      const found = guest.syscall<unknown[]>(syscall, { scriptIds: ids });
      return Object.fromEntries(ids.map((id, i) => [id, found[i]]));
    });
  return {
    isSuiteAppInstalled: check('isSuiteAppInstalled', 'suiteAppId', ['string']),
    isBundleInstalled: check('isBundleInstalled', 'bundleId', ['number', 'string']),
    listInstalledSuiteApps: list('suiteAppInfo.suiteApps'),
    listInstalledBundles: list('suiteAppInfo.bundles'),
    listSuiteAppsContainingScripts: byScript('listSuiteAppsContainingScripts', 'suiteAppInfo.suiteAppsOf'),
    listBundlesContainingScripts: byScript('listBundlesContainingScripts', 'suiteAppInfo.bundlesOf'),
  };
};

const dateOf = (value: unknown): Date | undefined => (typeof value === 'string' ? new Date(value) : undefined);
