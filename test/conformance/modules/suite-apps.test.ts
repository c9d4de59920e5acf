import type { AccountKernel } from '../../../emulator/kernel/account';
import type { Json } from '../../../emulator/kernel/types';
import { deployProject } from '../../../emulator/sdf/deploy-project';
import { openDeployedAccount, postTo, restletSpec } from '../../helpers/emulator/deployed-account';
import { projectFiles } from '../sdf/project';

const MANIFEST = `<manifest projecttype="SUITEAPP"><publisherid>com.example</publisherid><projectid>orders</projectid><projectname>Orders</projectname>
<projectversion>1.2.3</projectversion><description>Orders to go</description><frameworkversion>1.0</frameworkversion>
<dependencies><features><feature required="true">CUSTOMRECORDS</feature><feature required="true">SERVERSIDESCRIPTING</feature></features></dependencies></manifest>`;

const REPORT = {
  appId: 'com.example.report',
  publisherId: 'com.example',
  name: 'Report',
  version: '2.0.0',
  description: '',
  dateInstalled: '2026-01-02T03:04:05.000Z',
  dateLastUpdated: '2026-02-02T03:04:05.000Z',
  installedBy: { id: 7, name: 'Ann' },
};
const BUNDLE = { id: 12, name: 'Tools', version: '3', isManaged: true, dateInstalled: '2026-01-02T03:04:05.000Z' };

let account: AccountKernel;
afterEach(() => account.close());

async function run(code: string, settings = {}): Promise<{ body: Json; units: number }> {
  account = await openDeployedAccount({
    scripts: [restletSpec('x', ['N/suiteAppInfo'], code)],
    config: { settings },
  });
  account.clock.set(Date.parse('2026-03-01T10:00:00.000Z'));
  deployProject(account, projectFiles({ 'manifest.xml': MANIFEST }));
  const { body, error, execution } = await postTo(account, 'x');
  return { body: (error ? { error: error.name } : body) as Json, units: execution.unitsUsed };
}

describe('N/suiteAppInfo (section_160236082257)', () => {
  it('lists deployed SuiteApps and those of the settings, with dates, for ten units', async () => {
    const { body, units } = await run(
      `const list = suiteAppInfo.listInstalledSuiteApps();
return [list, list.every((app) => app.dateInstalled instanceof Date), suiteAppInfo.isSuiteAppInstalled({ suiteAppId: 'com.example.orders' })]`,
      { installedSuiteApps: [{ ...REPORT, scripts: ['customscript_report'] }] },
    );
    const orders = {
      appId: 'com.example.orders',
      publisherId: 'com.example',
      name: 'Orders',
      version: '1.2.3',
      description: 'Orders to go',
      installedBy: { id: -5, name: account.store.get('employee', '-5')?.fields.entityid },
    };
    expect(body).toMatchObject([[orders, REPORT], true, true]);
    expect((body as [Record<string, string>[]])[0][0]?.dateInstalled).toMatch(/^2026-03-01T10:00/);
    expect((body as object[][])[0]?.[1]).toEqual(REPORT);
    expect(units).toBe(10 + 5);
  });

  it('tells the SuiteApp and the bundles of each script (sections 160236084150, 160236064276, 160236062593)', async () => {
    const { body, units } = await run(
      `const scriptIds = ['customscript_orders', 'customscript_report', 'customscript_x'];
return [suiteAppInfo.listSuiteAppsContainingScripts({ scriptIds }), suiteAppInfo.listBundlesContainingScripts({ scriptIds }), suiteAppInfo.listInstalledBundles(), suiteAppInfo.isBundleInstalled({ bundleId: 12 }), suiteAppInfo.isBundleInstalled({ bundleId: 13 })]`,
      {
        installedSuiteApps: [{ ...REPORT, scripts: ['customscript_report'] }],
        installedBundles: [{ ...BUNDLE, scripts: ['customscript_x'] }],
      },
    );
    expect(body).toEqual([
      {
        customscript_orders: 'com.example.orders',
        customscript_report: 'com.example.report',
        customscript_x: null,
      },
      { customscript_orders: [], customscript_report: [], customscript_x: [12] },
      [BUNDLE],
      true,
      false,
    ]);
    expect(units).toBe(30 + 10);
  });

  it('refuses wrong arguments, and to make up what a setting does not tell', async () => {
    const { body } = await run(
      `return [() => suiteAppInfo.listSuiteAppsContainingScripts(), () => suiteAppInfo.listBundlesContainingScripts({ scriptIds: 'x' }), () => suiteAppInfo.isSuiteAppInstalled({ suiteAppId: 5 }), () => suiteAppInfo.listInstalledSuiteApps()]
.map((code) => { try { code(); return 'taken' } catch (e) { return e.name } })`,
      { installedSuiteApps: ['com.example.bare'] },
    );
    expect(body).toEqual([
      'SSS_MISSING_REQD_ARGUMENT',
      'SSS_INVALID_TYPE_ARG',
      'SSS_INVALID_TYPE_ARG',
      'EMULATOR_UNSUPPORTED',
    ]);
  });
});
