import { fault, type Account } from '../kernel/types';
import { runScript, type RunOptions } from '../scripts/run-script';
import { deployScripts, ScriptRefused, type ScriptSpec } from '../scripts/deploy-scripts';
import { scheduler } from '../scripts/scheduler';
import { addObjects, deployProject } from '../sdf/deploy-project';
import { readProjectFolder } from '../sdf/read-project';
import { ProjectRefused, type Finding } from '../sdf/types';

/** A message per refused object, as the SuiteCloud CLI prints them. */
export const findingLines = (findings: Finding[]): string[] =>
  findings.filter((f) => f.type === 'ERROR').map((f) => `${f.message}\nFile: ${f.component}`);

function deployFolder(account: Account, { folder }: { folder: string }): { messages: string[]; warnings: string[] } {
  try {
    const findings = deployProject(account, readProjectFolder(folder));
    return { messages: [], warnings: findings.map((f) => `${f.message}\nFile: ${f.component}`) };
  } catch (error) {
    if (error instanceof ProjectRefused) return { messages: findingLines(error.findings), warnings: [] };
    throw error;
  }
}

function addSdfObjects(account: Account, { objects }: { objects: { xml: string }[] }): { added: string[] } {
  try {
    return {
      added: addObjects(
        account,
        objects.map((o) => o.xml),
      ),
    };
  } catch (error) {
    if (error instanceof ProjectRefused) throw fault('INVALID_OBJECT', error.message);
    throw error;
  }
}

function addScripts(account: Account, { scripts, baseUrl }: { scripts: ScriptSpec[]; baseUrl: string }): object[] {
  try {
    return deployScripts(account, scripts).map((made) => ({
      ...made,
      deployments: made.deployments.map((d) => (d.url === undefined ? d : { ...d, url: `${baseUrl}${d.url}` })),
    }));
  } catch (error) {
    if (error instanceof ScriptRefused) throw fault(error.code, error.message);
    throw error;
  }
}

/** What this part answers of the control API. */
export const control = {
  'project.deploy': deployFolder,
  'objects.add': addSdfObjects,
  'scripts.add': addScripts,
  // The time zone decides when schedules are due, `schedules` whether they run.
  'settings.changed': (account: Account) => scheduler(account).plan(),
  'clock.setBack': (account: Account) => scheduler(account).plan(),
  'scripts.run': (account: Account, args: RunOptions) => runScript(account, args),
};
