import type { FaultSpec } from '../kernel/types';
import type { ControlAnswer } from './call';
import { badRequest, notFound } from './control-error';

const KINDS = [
  'latency',
  'cutBeforeCommit',
  'cutAfterCommit',
  'halfOpen',
  'status',
  'foreignLoad',
  'limitAsLoginError',
  'recordLocked',
  'editBetween',
  'hold',
  'restart',
  'evictCache',
  'localise',
  'quota',
  'ignoreField',
  'failApi',
];

/** Sets faults; answers their ids in order. One fault, given without an array, answers one object. */
export const setFaults: ControlAnswer = ({ front, body }) => {
  const specs = (Array.isArray(body) ? body : [body]) as FaultSpec[];
  for (const spec of specs) {
    if (!KINDS.includes(spec?.kind))
      throw badRequest(`kind must be one of ${KINDS.join(', ')}, not ${String(spec?.kind)}`);
  }
  const added = specs.map((spec) => ({ faultId: front.account.faults.add(spec) }));
  return Array.isArray(body) ? added : added[0];
};

/** What is set now, how often each has struck, and whether a hold holds a call. */
export const listFaults: ControlAnswer = ({ front }) => front.account.faults.list();

export const releaseFault: ControlAnswer = ({ front, path }) => {
  if (!front.account.faults.release(path.faultId ?? '')) throw notFound(`There is no fault ${path.faultId}.`);
  return { released: true };
};

export const clearFaults: ControlAnswer = ({ front }) => {
  front.account.faults.clear();
  return { cleared: true };
};
