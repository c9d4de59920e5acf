import { settingOf } from '../kernel/setting-of';
import { fault, type Account, type Execution, type SyscallTable } from '../kernel/types';
import { deployedSuiteApps, type SuiteApp } from '../sdf/register/register-suite-app';

interface Bundle {
  id: number;
  scripts?: string[];
}

/** Deployed ones, and those that the setting `installedSuiteApps` names; of a mere id nothing else is known. */
const suiteApps = (account: Account): (SuiteApp | string)[] => [
  ...deployedSuiteApps(account),
  ...settingOf<(SuiteApp | string)[]>(account, 'installedSuiteApps', []),
];
const bundles = (account: Account): Bundle[] => settingOf<Bundle[]>(account, 'installedBundles', []);
const appIdOf = (app: SuiteApp | string): string => (typeof app === 'string' ? app : app.appId);
const holds = ({ scripts = [] }: { scripts?: string[] }, script: string): boolean =>
  scripts.some((each) => each.toLowerCase() === script.toLowerCase());
const withoutScripts = ({ scripts: _scripts, ...told }: { scripts?: string[] }): object => told;

function listSuiteApps(account: Account, execution: Execution): object[] {
  account.charge(execution, 'suiteAppInfo.list');
  return suiteApps(account).map((app) => {
    if (typeof app !== 'string') return withoutScripts(app);
    const known = `the setting installedSuiteApps holds nothing but the id of ${app}`;
    throw fault('EMULATOR_UNSUPPORTED', `suiteAppInfo.listInstalledSuiteApps is not available here: ${known}.`);
  });
}

interface ScriptsArgs {
  scriptIds: string[];
}

/** N/suiteAppInfo: 5 units a question, 10 a list (pages section_160236055067, section_160236062593). */
export const suiteAppSyscalls: SyscallTable = {
  'suiteAppInfo.installed': (account: Account, execution: Execution, { api, id }: { api: string; id: string }) => {
    account.charge(execution, api);
    return (
      suiteApps(account).some((app) => appIdOf(app) === id) || bundles(account).some((each) => String(each.id) === id)
    );
  },
  'suiteAppInfo.suiteApps': listSuiteApps,
  'suiteAppInfo.bundles': (account: Account, execution: Execution) => {
    account.charge(execution, 'suiteAppInfo.list');
    return bundles(account).map(withoutScripts);
  },
  'suiteAppInfo.suiteAppsOf': (account: Account, execution: Execution, { scriptIds }: ScriptsArgs) => {
    account.charge(execution, 'suiteAppInfo.list');
    const apps = suiteApps(account).filter((app) => typeof app !== 'string');
    return scriptIds.map((script) => apps.find((app) => holds(app, script))?.appId ?? null);
  },
  'suiteAppInfo.bundlesOf': (account: Account, execution: Execution, { scriptIds }: ScriptsArgs) => {
    account.charge(execution, 'suiteAppInfo.list');
    return scriptIds.map((script) =>
      bundles(account)
        .filter((each) => holds(each, script))
        .map(({ id }) => id),
    );
  },
};
