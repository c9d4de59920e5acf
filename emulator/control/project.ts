import { callPart, type ControlAnswer, type ControlCall } from './call';
import { badRequest, notFound } from './control-error';
import { requireShape } from './require-shape';
import type { Shape } from '../kernel/shape-fault';

const listOf = (body: unknown): unknown[] => (Array.isArray(body) ? body : [body]) as unknown[];

const SCRIPT: Shape = {
  keys: {
    scriptId: 'text',
    type: 'text',
    'name?': 'text',
    'path?': 'text',
    'source?': 'text',
    'files?': { list: { keys: { path: 'text', source: 'text' } } },
    'parameters?': { list: { keys: { id: 'text', 'type?': 'text' } } },
    'deployments?': {
      list: {
        keys: {
          deploymentId: 'text',
          'title?': 'text',
          'status?': 'text',
          'recordType?': 'text',
          'loglevel?': 'text',
          'parameters?': 'object',
          'runAs?': { orNull: 'id' },
          'eventTypes?': { list: 'text' },
          'executionContexts?': { list: 'text' },
          'priority?': 'text',
        },
      },
    },
  },
};

export const addObjects: ControlAnswer = async ({ front, body }) => {
  const objects = listOf(body);
  requireShape(objects, { list: { keys: { xml: 'text' } } }, 'objects');
  return (await callPart(front, 'objects.add', { objects })) ?? { added: true };
};

export const addScripts: ControlAnswer = ({ front, body }) => {
  const scripts = listOf(body);
  requireShape(scripts, { list: SCRIPT }, 'scripts');
  return callPart(front, 'scripts.add', { scripts, baseUrl: front.baseUrl });
};

const RUN: Shape = {
  keys: {
    'params?': { orNull: 'object' },
    'as?': { orNull: { keys: { 'entity?': 'id', 'role?': 'id' } } },
    'records?': { orNull: { list: { keys: { type: 'text', id: 'id' } } } },
  },
};

/** Runs a Map/Reduce or scheduled script, or a mass update over `records`; `as` may be given partly. */
export const runScript: ControlAnswer = ({ front, path, body }) => {
  const { scriptId = '', deploymentId = '' } = path;
  if (!front.account.scripts.find(scriptId, deploymentId))
    throw notFound(`There is no deployment ${deploymentId} of ${scriptId}.`);
  requireShape(body ?? {}, RUN, 'the body');
  const { params, wait, as, records } = (body ?? {}) as RunBody;
  return callPart(front, 'scripts.run', {
    scriptId,
    deploymentId,
    params: params ?? {},
    wait: wait === true,
    ...(as ? { as: userOf(front, as) } : {}),
    ...(records ? { records } : {}),
  });
};

interface RunBody {
  params?: object | null;
  wait?: boolean;
  as?: { entity?: number | string; role?: number | string } | null;
  records?: object[] | null;
}

function userOf(front: ControlCall['front'], { entity, role }: NonNullable<RunBody['as']>): object {
  const roleId = role === undefined ? undefined : front.roleId(role);
  if (role !== undefined && roleId === undefined) throw badRequest(`There is no role ${role}.`);
  return {
    ...(entity === undefined ? {} : { entity: Number(entity) }),
    ...(roleId === undefined ? {} : { role: roleId }),
  };
}
