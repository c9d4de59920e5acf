import type { Account } from '../kernel/types';
import { cabinet } from '../modules/cabinet';
import { fileTypeOf, isBinary } from '../modules/file-types';
import { scheduler } from '../scripts/scheduler';
import { checkObject } from './check-object';
import { checkProject, type AccountView } from './check-project';
import { parseXml, XmlError } from './parse-xml';
import { installedObjects, isInstalled, registerObjects } from './register/register-object';
import { storeMarkup } from './register/register-template';
import { registerSuiteApp } from './register/register-suite-app';
import { importTranslations } from './register/register-translations';
import { ProjectRefused, type Finding, type Project, type ProjectFiles, type SdfObject } from './types';

/** What validation needs to know about an account. */
export const viewOf = (account: Account): AccountView => ({
  feature: (id) => account.feature(id),
  hasObject: (scriptId) => installedObjects(account).has(scriptId) || account.registry.type(scriptId) !== undefined,
  hasFile: (path) => cabinet(account).find(path) !== undefined,
});

/** Validates only, as `suitecloud project:validate`. */
export function validateProject(account: Account, files: ProjectFiles): Finding[] {
  const { project, findings } = checkProject(files, viewOf(account));
  return [...findings, ...inertObjects(project?.objects ?? [])];
}

/**
 * Validates a project and installs it: files first, then objects, dependencies before what uses them. Nothing is installed when it is refused.
 * @throws ProjectRefused with every message.
 */
export function deployProject(account: Account, files: ProjectFiles): Finding[] {
  const { project, findings } = checkProject(files, viewOf(account));
  if (!project) throw new ProjectRefused(findings);
  account.store.transaction(() => installProject(account, project));
  scheduler(account).plan();
  return [...findings, ...inertObjects(project.objects)];
}

function installProject(account: Account, project: Project): void {
  for (const [path, data] of project.cabinet) storeFile(account, path, data);
  registerObjects(account, project.objects);
  storeMarkup(account, project.objects, project.markup);
  registerSuiteApp(account, project);
  for (const file of project.translations) importTranslations(account, file);
}

export function storeFile(account: Account, path: string, data: Uint8Array): void {
  const parts = path.split('/').filter(Boolean);
  const name = parts.pop() ?? '';
  const folder = cabinet(account).folderId(parts.join('/'), true);
  if (folder === undefined || name === '') return;
  const text = Buffer.from(data).toString(isBinary(fileTypeOf(name)) ? 'base64' : 'utf8');
  cabinet(account).save({ name, folder, contents: text });
}

function inertObjects(objects: SdfObject[]): Finding[] {
  return objects
    .filter((object) => !isInstalled(object.root.tag))
    .map(({ root, component }) => ({
      type: 'WARNING',
      message: `Objects of type ${root.tag} are accepted, but have no effect in this emulator.`,
      component,
    }));
}

/**
 * Adds objects beside the project, from their XML (control call `objects`).
 * @throws ProjectRefused when one is invalid; then none is added.
 */
export function addObjects(account: Account, sources: string[]): string[] {
  const findings: Finding[] = [];
  const objects = sources.flatMap((xml, index): SdfObject[] => {
    try {
      const root = parseXml(xml);
      const scriptId = root.attrs.scriptid ?? '';
      return [{ component: `~/Objects/${scriptId}.xml`, root, scriptId }];
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      findings.push({
        type: 'ERROR',
        message: `Line No. ${error.line} - Error Message: ${error.message}`,
        component: `object ${index + 1}`,
      });
      return [];
    }
  });
  for (const object of objects) findings.push(...checkObject(object));
  if (findings.some((f) => f.type === 'ERROR')) throw new ProjectRefused(findings);
  account.store.transaction(() => registerObjects(account, objects));
  scheduler(account).plan();
  return objects.map((o) => o.scriptId);
}
