import { callPart, type ControlAnswer } from './call';
import { notFound } from './control-error';

export const addObjects: ControlAnswer = async ({ front, body }) =>
  (await callPart(front, 'objects.add', { objects: Array.isArray(body) ? body : [body] })) ?? { added: true };

export const addScripts: ControlAnswer = ({ front, body }) =>
  callPart(front, 'scripts.add', { scripts: Array.isArray(body) ? body : [body], baseUrl: front.baseUrl });

/** Runs a Map/Reduce or scheduled script, or a mass update over `records`; `as` may be given partly. */
export const runScript: ControlAnswer = ({ front, path, body }) => {
  const { scriptId = '', deploymentId = '' } = path;
  if (!front.account.scripts.find(scriptId, deploymentId))
    throw notFound(`There is no deployment ${deploymentId} of ${scriptId}.`);
  const { params, wait, as, records } = (body ?? {}) as {
    params?: object;
    wait?: boolean;
    as?: { entity: number; role: number };
    records?: object[];
  };
  return callPart(front, 'scripts.run', {
    scriptId,
    deploymentId,
    params: params ?? {},
    wait: wait === true,
    ...(as ? { as } : {}),
    ...(records ? { records } : {}),
  });
};
