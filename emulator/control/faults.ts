import type { Shape } from '../kernel/shape-fault';
import type { FaultSpec } from '../kernel/types';
import type { ControlAnswer } from './call';
import { badRequest, notFound } from './control-error';
import { requireShape } from './require-shape';

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

const MATCH: Shape = {
  keys: {
    'scriptId?': 'text',
    'deploymentId?': 'text',
    'api?': 'text',
    'nth?': 'count',
    'recordType?': 'text',
    'recordId?': 'id',
    'stage?': 'text',
  },
};
const FAULT: Shape = {
  keys: {
    kind: 'text',
    'match?': MATCH,
    'times?': 'count',
    'probability?': { must: 'a number from 0 to 1', check: (value) => Number(value) >= 0 && Number(value) <= 1 },
    'seed?': 'amount',
    'code?': 'id',
    'message?': 'text',
    'ms?': 'amount',
    'perRecordMs?': 'amount',
    'real?': 'boolean',
    'slots?': 'count',
    'units?': 'amount',
    'language?': 'text',
    'field?': 'text',
    'fields?': 'object',
    'afterInvocations?': 'count',
    'stage?': 'text',
  },
};
const isStatus = (value: unknown): boolean =>
  Number.isInteger(Number(value)) && Number(value) >= 200 && Number(value) <= 999;
const STATUS: Shape = { keys: { 'code?': { must: 'an HTTP status from 200', check: isStatus } } };

/** Sets faults; answers their ids in order. One fault, given without an array, answers one object. */
export const setFaults: ControlAnswer = ({ front, body }) => {
  const specs = (Array.isArray(body) ? body : [body]) as FaultSpec[];
  for (const [index, spec] of specs.entries()) {
    const place = Array.isArray(body) ? `faults[${index}]` : 'fault';
    if (!KINDS.includes(spec?.kind))
      throw badRequest(`${place}.kind must be one of ${KINDS.join(', ')}, not ${String(spec?.kind)}`);
    requireShape(spec, FAULT, place);
    if (spec.kind === 'status') requireShape(spec, STATUS, place);
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
