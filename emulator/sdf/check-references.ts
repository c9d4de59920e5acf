import { schema, structOf, type StructRule } from './schema';
import { entryPointFault } from './entry-points';
import { headerFault, SCRIPT_TYPE_OF_OBJECT } from './script-header';
import { descendants } from './check-object';
import { list, reference, value, type Finding, type Project, type SdfObject, type XmlNode } from './types';
import type { AccountView } from './check-project';

const decoder = new TextDecoder();

/** Features that an object of a type needs in the manifest (Oracle: "When the SuiteCloud project contains a …"). */
const FEATURES_OF_TYPE: Record<string, string> = {
  ...Object.fromEntries(Object.keys(SCRIPT_TYPE_OF_OBJECT).map((type) => [type, 'SERVERSIDESCRIPTING'])),
  clientscript: 'CUSTOMCODE',
  customrecordtype: 'CUSTOMRECORDS',
  customsegment: 'CUSTOMSEGMENTS',
  customtransactiontype: 'CUSTOMTRANSACTIONS',
  workflow: 'WORKFLOW',
  advancedpdftemplate: 'ADVANCEDPRINTING',
};

/** Links between the parts of a project: objects, files, features, roles, and the headers of script files. */
export function checkReferences(project: Project, account: AccountView): Finding[] {
  const findings: Finding[] = [];
  const known = new Set<string>([...project.manifest.objects].flatMap((id) => [id, id.split('.').pop() ?? id]));
  const owners = new Map<string, string>();
  for (const object of project.objects) {
    collectIds(object.root, '', known);
    const other = owners.get(object.scriptId);
    if (other)
      findings.push({
        type: 'ERROR',
        message: `The script ID ${object.scriptId} is already used by ${other}.`,
        component: object.component,
      });
    owners.set(object.scriptId, object.component);
  }
  for (const object of project.objects) {
    const rules = structOf(object.root.tag);
    if (rules) walk(object, object.root, rules, { project, account, known, findings });
    findings.push(...missingFeatures(object, project));
    if (object.root.tag === 'role') findings.push(...rolesWithoutCounterpart(object, project));
  }
  return findings;
}

function collectIds(node: XmlNode, prefix: string, known: Set<string>): void {
  const id = node.attrs.scriptid;
  const full = id ? (prefix ? `${prefix}.${id}` : id) : prefix;
  if (id) known.add(id).add(full);
  for (const item of node.children) collectIds(item, full, known);
}

interface Links {
  project: Project;
  account: AccountView;
  known: Set<string>;
  findings: Finding[];
}

function walk(object: SdfObject, node: XmlNode, rules: StructRule, links: Links): void {
  for (const item of node.children) {
    const rule = rules[item.tag];
    if (rule?.kind === 'struct') walk(object, item, schema.structs[rule.struct ?? -1] ?? {}, links);
    else
      for (const [, inner = ''] of item.text.startsWith('[') ? item.text.matchAll(/\[([^\]]+)\]/g) : [])
        link(object, node, item, inner, links);
  }
}

function link(
  object: SdfObject,
  parent: XmlNode,
  item: XmlNode,
  target: string,
  { project, account, known, findings }: Links,
): void {
  const error = (message: string): number => findings.push({ type: 'ERROR', message, component: object.component });
  if (target.startsWith('/')) {
    const data = project.cabinet.get(target.slice(1));
    if (!data && !project.manifest.files.has(target) && !account.hasFile(target.slice(1))) {
      error(`The ${item.tag} field references the file ${target}, which is neither in the project nor in the account.`);
    } else if (data && item.tag === 'scriptfile' && parent === object.root) {
      const source = decoder.decode(data);
      const fault = headerFault(source, object.root.tag) ?? entryPointFault(source, object.root.tag);
      if (fault) error(`${fault.code}: ${fault.message} (${target})`);
    }
    return;
  }
  const id = reference(`[${target}]`);
  if (!/scriptid=/.test(target) || /(appid|bundleid)=/.test(target) || known.has(id) || account.hasObject(id)) return;
  error(`The ${item.tag} field references the object ${id}, which is neither in the project nor in the account.`);
}

function missingFeatures(object: SdfObject, project: Project): Finding[] {
  const feature = FEATURES_OF_TYPE[object.root.tag];
  if (!feature || project.manifest.features.has(feature)) return [];
  const message = `When the SuiteCloud project contains a ${object.root.tag}, the manifest must define the ${feature} feature as required.`;
  return [{ type: 'ERROR', message, component: object.component }];
}

/** A role's permission on a custom record of the same project needs the record's own permission list to name the role (CLI issue 184). */
function rolesWithoutCounterpart(role: SdfObject, project: Project): Finding[] {
  return descendants(role.root, ['permission']).flatMap((permission): Finding[] => {
    const id = reference(value(permission, 'permkey') ?? '');
    const record = project.objects.find((o) => o.root.tag === 'customrecordtype' && o.scriptId === id);
    if (
      !record ||
      list(record.root, 'permissions', 'permission').some(
        (p) => reference(value(p, 'permittedrole') ?? '') === role.scriptId,
      )
    )
      return [];
    const message =
      `The ${role.scriptId} role contains a reference on the ${id} customrecordtype in the permkey field but the customrecordtype does not reference the role. ` +
      `You must either reference the role from the ${id} customrecordtype object or remove the permission from the ${role.scriptId} role.`;
    return [{ type: 'ERROR', message, component: role.component }];
  });
}
