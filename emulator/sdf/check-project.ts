import { schema } from './schema';
import { checkObject, descendants } from './check-object';
import { checkReferences } from './check-references';
import { parseXml, XmlError } from './parse-xml';
import {
  child,
  value,
  type Finding,
  type Manifest,
  type Project,
  type ProjectFiles,
  type SdfObject,
  type XmlNode,
} from './types';

const decoder = new TextDecoder();
const PLACES: Record<string, string> = {
  configuration: 'AccountConfiguration/',
  files: 'FileCabinet/',
  objects: 'Objects/',
  translationimports: 'Translations/',
};
const MANIFEST_FIELDS: Record<string, string[]> = {
  ACCOUNTCUSTOMIZATION: ['projectname', 'frameworkversion'],
  SUITEAPP: ['projectname', 'frameworkversion', 'publisherid', 'projectid', 'projectversion'],
};

/** The account as far as validation needs it. */
export interface AccountView {
  feature(id: string): boolean;
  /** Is an object of that script id installed already? */
  hasObject(scriptId: string): boolean;
  hasFile(path: string): boolean;
}

const MARKUP = /^(?:Objects|Templates)\/(?:.*\/)?([^/]+)\.template\.xml$/;
const isObjectFile = (path: string): boolean => /^Objects\/.*\.xml$/.test(path) && !MARKUP.test(path);

/** Parses and validates a project as `project:validate` would. The project is answered only when no finding is an ERROR. */
export function checkProject(files: ProjectFiles, account: AccountView): { project?: Project; findings: Finding[] } {
  const findings: Finding[] = [];
  const manifestXml = readXml(files, 'manifest.xml', findings);
  const deployXml = readXml(files, 'deploy.xml', findings);
  if (!manifestXml || !deployXml) return { findings };
  const manifest = checkManifest(manifestXml, account, findings);
  const included = checkDeploy(deployXml, files, findings);
  const objects: SdfObject[] = [];
  for (const path of [...included].filter(isObjectFile).sort()) {
    const root = readXml(files, path, findings);
    if (root) objects.push({ component: `~/${path}`, root, scriptId: root.attrs.scriptid ?? '' });
  }
  const cabinet = new Map(
    [...files]
      .filter(([p]) => p.startsWith('FileCabinet/') && included.has(p))
      .map(([p, data]) => [p.slice('FileCabinet/'.length), data]),
  );
  const translations = [...included]
    .filter((p) => /^Translations\/.*\.xlf$/.test(p))
    .flatMap((path) => readXml(files, path, findings) ?? []);
  const markup = new Map(
    [...included].flatMap((path): [string, string][] => {
      const name = MARKUP.exec(path)?.[1];
      return name === undefined ? [] : [[name, decoder.decode(files.get(path))]];
    }),
  );
  const project: Project = { files, manifest, objects, cabinet, translations, markup };
  for (const object of objects) findings.push(...checkObject(object));
  findings.push(...checkReferences(project, account));
  return findings.some((f) => f.type === 'ERROR') ? { findings } : { project, findings };
}

function readXml(files: ProjectFiles, path: string, findings: Finding[]): XmlNode | undefined {
  const data = files.get(path);
  const component = `~/${path}`;
  if (!data) {
    findings.push({ type: 'ERROR', message: `The ${path} file is missing from the project.`, component });
    return undefined;
  }
  try {
    return parseXml(decoder.decode(data));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    findings.push({ type: 'ERROR', message: `Line No. ${error.line} - Error Message: ${error.message}`, component });
    return undefined;
  }
}

function checkManifest(node: XmlNode, account: AccountView, findings: Finding[]): Manifest {
  const error = (message: string): number => findings.push({ type: 'ERROR', message, component: '~/manifest.xml' });
  const projectType = node.attrs.projecttype ?? '';
  const manifest: Manifest = {
    projectType,
    projectName: value(node, 'projectname') ?? '',
    features: new Map(),
    objects: new Set(),
    files: new Set(),
  };
  const needed = MANIFEST_FIELDS[projectType];
  if (node.tag !== 'manifest' || !needed)
    error(`The project type "${projectType}" is invalid. Valid values are ACCOUNTCUSTOMIZATION and SUITEAPP.`);
  for (const field of needed ?? []) if (!value(node, field)) error(`The manifest field ${field} is missing.`);
  if (projectType === 'SUITEAPP') {
    const publisherId = value(node, 'publisherid') ?? '';
    manifest.suiteApp = {
      appId: `${publisherId}.${value(node, 'projectid') ?? ''}`,
      publisherId,
      version: value(node, 'projectversion') ?? '',
      description: value(node, 'description') ?? '',
    };
  }
  const dependencies = child(node, 'dependencies');
  if (!dependencies) return manifest;
  for (const feature of descendants(dependencies, ['feature'])) {
    const required = feature.attrs.required;
    if (required !== 'true' && required !== 'false')
      error(`The feature ${feature.text} must define the required attribute as true or false.`);
    if (!schema.enums.features?.includes(feature.text))
      error(`The feature ${feature.text} in the manifest is invalid.`);
    else if (required === 'true' && !account.feature(feature.text))
      error(`The ${feature.text} feature is required by the manifest, but it is not enabled in the account.`);
    manifest.features.set(feature.text, required === 'true');
  }
  for (const object of descendants(dependencies, ['object'])) manifest.objects.add(object.text);
  for (const file of descendants(dependencies, ['file', 'folder'])) manifest.files.add(file.text);
  return manifest;
}

/** Which files deploy.xml includes. */
function checkDeploy(node: XmlNode, files: ProjectFiles, findings: Finding[]): Set<string> {
  const error = (message: string, type: Finding['type'] = 'ERROR'): number =>
    findings.push({ type, message, component: '~/deploy.xml' });
  const included = new Set<string>();
  if (node.tag !== 'deploy') error('The deploy.xml file must have the root element deploy.');
  for (const group of node.children) {
    const place = PLACES[group.tag];
    if (!place) continue;
    for (const { text } of group.children) {
      const relative = text.slice(2);
      if (!text.startsWith(`~/${place}`) || text.split('/').includes('..')) {
        error(`The path "${text}" in the ${group.tag} group must start with ~/${place}.`);
        continue;
      }
      const found = [...files.keys()].filter((p) =>
        relative.endsWith('/*') ? p.startsWith(relative.slice(0, -1)) : p === relative,
      );
      if (found.length === 0)
        error(
          `The deploy file contains the path "${text}", which does not exist in the project.`,
          relative.endsWith('/*') ? 'WARNING' : 'ERROR',
        );
      for (const path of found) included.add(path);
    }
  }
  return included;
}
