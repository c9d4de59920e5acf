import { missingArgument, unsupported } from '../errors';
import type { ModuleFactory } from '../types';
import { invalidTypeArgument, isObject, withPromise } from './arguments';

/** N/suiteAppInfo: installed are those that the setting `installedSuiteApps` names. */
export const createSuiteAppInfoModule: ModuleFactory = (guest) => {
  const check = (api: string, name: string, type: string) =>
    withPromise((options: unknown) => {
      const id = isObject(options) ? options[name] : undefined;
      if (id === undefined || id === null) throw missingArgument(`suiteAppInfo.${api}`, `options.${name}`);
      if (typeof id !== type) throw invalidTypeArgument(`options.${name}`);
      return guest.syscall<boolean>('suiteAppInfo.installed', { api: `suiteAppInfo.${api}`, id: String(id) });
    });
  const refuse = (api: string) => () => {
    throw unsupported(`suiteAppInfo.${api}`);
  };
  return {
    isSuiteAppInstalled: check('isSuiteAppInstalled', 'suiteAppId', 'string'),
    isBundleInstalled: check('isBundleInstalled', 'bundleId', 'number'),
    listBundlesContainingScripts: refuse('listBundlesContainingScripts'),
    listInstalledBundles: refuse('listInstalledBundles'),
    listInstalledSuiteApps: refuse('listInstalledSuiteApps'),
    listSuiteAppsContainingScripts: refuse('listSuiteAppsContainingScripts'),
  };
};
