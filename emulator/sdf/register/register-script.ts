import type { Account, Deployment, Json, ScriptType } from '../../kernel/types';
import {
  DEPLOYMENT_DEFAULTS,
  type DeploymentDefinition,
  type ParameterDefinition,
  type Recurrence,
} from '../../scripts/definitions';
import { scriptRegistry } from '../../scripts/script-registry';
import { child, flag, list, reference, value, type SdfObject, type XmlNode } from '../types';
import type { Resolve } from './register-fields';

export const SCRIPT_TYPES: Record<string, ScriptType> = {
  restlet: 'restlet',
  usereventscript: 'userevent',
  mapreducescript: 'mapreduce',
  scheduledscript: 'scheduled',
  suitelet: 'suitelet',
  massupdatescript: 'massupdate',
  workflowactionscript: 'workflowaction',
};

/** A script with its parameters and deployments. */
export function registerScript(account: Account, { root, scriptId }: SdfObject, resolve: Resolve): void {
  const type = SCRIPT_TYPES[root.tag];
  if (!type) return;
  const parameters = list(root, 'scriptcustomfields', 'scriptcustomfield').map((node) => parameter(node, resolve));
  scriptRegistry(account).register({
    scriptId,
    name: value(root, 'name') ?? scriptId,
    description: value(root, 'description') ?? '',
    type,
    path: (value(root, 'scriptfile') ?? '').replace(/^\[|\]$/g, ''),
    inactive: flag(root, 'isinactive'),
    parameters,
    deployments: list(root, 'scriptdeployments', 'scriptdeployment').map((node) =>
      deployment(node, parameters, resolve),
    ),
  });
}

function parameter(node: XmlNode, resolve: Resolve): ParameterDefinition {
  const type = value(node, 'fieldtype') ?? 'TEXT';
  const selection = value(node, 'defaultselection');
  const text =
    type === 'CHECKBOX'
      ? flag(node, 'defaultchecked')
        ? 'T'
        : 'F'
      : selection !== undefined
        ? resolve(selection)
        : value(node, 'defaultvalue');
  return { id: node.attrs.scriptid ?? '', type, label: value(node, 'label') ?? '', default: text ?? null };
}

const upperList = (text: string | undefined): string[] | null =>
  text ? text.split('|').map((t) => t.trim().toUpperCase()) : null;

function deployment(node: XmlNode, parameters: ParameterDefinition[], resolve: Resolve): DeploymentDefinition {
  const values: Record<string, Json> = {};
  for (const { id } of parameters) {
    const own = value(node, id);
    if (own !== undefined) values[id] = resolve(own);
  }
  const recordType = value(node, 'recordtype');
  const runAs = value(node, 'runasrole');
  return {
    deploymentId: node.attrs.scriptid ?? '',
    title: value(node, 'title') ?? '',
    status: (value(node, 'status') ?? 'TESTING') as Deployment['status'],
    deployed: flag(node, 'isdeployed', true),
    recordType: recordType === undefined || recordType === 'RECORD' ? null : reference(recordType).toLowerCase(),
    logLevel: (value(node, 'loglevel') ?? 'DEBUG') as Deployment['logLevel'],
    parameters: values,
    runAs: runAs === undefined ? null : reference(runAs),
    eventTypes: upperList(value(node, 'eventtype'))?.map((t) => t.toLowerCase()) ?? null,
    executionContexts: upperList(value(node, 'executioncontext')),
    audienceRoles: audienceOf(node),
    // SDF's default differs from that of a deployment made by hand.
    concurrencyLimit: Number(value(node, 'concurrencylimit') ?? 1),
    bufferSize: Number(value(node, 'buffersize') ?? DEPLOYMENT_DEFAULTS.bufferSize),
    yieldAfterMinutes: Number(value(node, 'yieldaftermins') ?? DEPLOYMENT_DEFAULTS.yieldAfterMinutes),
    // SDF has no element for it.
    priority: DEPLOYMENT_DEFAULTS.priority,
    recurrence: recurrence(child(node, 'recurrence')),
  };
}

/** Audiences by employee, group, department and the like: who belongs to them is not modelled, so they admit everyone. */
const OTHER_AUDIENCES = [
  'allemployees',
  'allpartners',
  'audemployee',
  'audgroup',
  'auddepartment',
  'audpartner',
  'audsubsidiary',
];

/** Null admits every role. Without any value on the Audience subtab a script runs for its owner only (page chapter_N2999041). */
function audienceOf(node: XmlNode): string[] | null {
  const roles = value(node, 'audslctrole');
  if (flag(node, 'allroles')) return null;
  if (roles !== undefined) return roles.split('|').map((role) => reference(role.trim()).toLowerCase());
  return OTHER_AUDIENCES.some((id) => !['', 'F'].includes(value(node, id) ?? '')) ? null : [];
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function recurrence(group: XmlNode | undefined): Recurrence | null {
  const node = group?.children[0];
  if (!node) return null;
  const repeat = /^PT(\d+)([HM])$/.exec(value(node, 'repeat') ?? '');
  return {
    kind: node.tag as Recurrence['kind'],
    startDate: value(node, 'startdate') ?? '',
    startTime: (value(node, 'starttime') ?? '00:00').slice(0, 5),
    endDate: value(node, 'enddate') ?? null,
    repeatMinutes: repeat ? Number(repeat[1]) * (repeat[2] === 'H' ? 60 : 1) : null,
    every: Number(value(node, 'everyxdays') ?? value(node, 'everyxweeks') ?? value(node, 'everyxmonths') ?? 1),
    weekdays: WEEKDAYS.filter((day) => flag(node, day)),
    orderOfWeek: value(node, 'orderofweek') ?? null,
    dayOfWeek: value(node, 'dayofweek') ?? null,
  };
}
