import type { Account } from '../../kernel/types';
import type { Project } from '../types';

const TYPE = 'suiteapp';
const ADMINISTRATOR = -5;

/** What N/suiteAppInfo tells of a SuiteApp (page section_160236082257), and the scripts it holds. */
export interface SuiteApp {
  appId: string;
  publisherId: string;
  name: string;
  version: string;
  description: string;
  /** ISO texts. */
  dateInstalled: string;
  dateLastUpdated: string;
  installedBy: { id: number; name: string };
  scripts?: string[];
}

/** A deployed project of type SUITEAPP is installed under its publisher's and its own id; account customizations are no SuiteApps. */
export function registerSuiteApp(account: Account, { manifest, objects }: Project): void {
  const app = manifest.suiteApp;
  if (!app) return;
  const known = account.store.list(TYPE).find(({ fields }) => fields.appid === app.appId);
  const before = known ? (JSON.parse(String(known.fields.app)) as SuiteApp) : undefined;
  const now = new Date(account.clock.now()).toISOString();
  const administrator = account.store.get('employee', String(ADMINISTRATOR));
  const installed: SuiteApp = {
    ...app,
    name: manifest.projectName,
    dateInstalled: before?.dateInstalled ?? now,
    dateLastUpdated: now,
    installedBy: { id: ADMINISTRATOR, name: String(administrator?.fields.entityid ?? '') },
    scripts: objects.map(({ scriptId }) => scriptId).filter((id) => id.startsWith('customscript')),
  };
  account.store.put({
    type: TYPE,
    id: known?.id ?? null,
    externalId: null,
    version: known?.version ?? 0,
    fields: { appid: app.appId, app: JSON.stringify(installed) },
    sublists: {},
    subrecords: {},
  });
}

export const deployedSuiteApps = (account: Account): SuiteApp[] =>
  account.store.list(TYPE).map(({ fields }) => JSON.parse(String(fields.app)) as SuiteApp);
