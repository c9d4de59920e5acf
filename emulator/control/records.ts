import { callPart, type ControlAnswer } from './call';
import type { Shape } from '../kernel/shape-fault';
import { badRequest, notFound } from './control-error';
import { requireShape } from './require-shape';

const DEFAULT_LIMIT = 5000;

const isInternalId = (value: unknown): boolean => Number.isSafeInteger(Number(value)) && String(value).trim() !== '';
const ROW: Shape = {
  keys: {
    type: 'text',
    'id?': { orNull: { must: 'an internal id', check: isInternalId } },
    'externalId?': { orNull: 'id' },
    'fields?': { orNull: 'object' },
    'subrecords?': { orNull: { map: { orNull: 'object' } } },
    'sublists?': { orNull: { map: { orNull: { list: 'object' } } } },
  },
};

/** A key that is null counts as absent. */
const withoutNulls = (row: object): object =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

export const seedRecords: ControlAnswer = ({ front, body }) => {
  const rows = Array.isArray(body) ? body : [body];
  requireShape(rows, { list: ROW }, 'records');
  return callPart(front, 'records.seed', { rows: (rows as object[]).map(withoutNulls) });
};

export const readRecord: ControlAnswer = ({ front, path }) =>
  callPart(front, 'records.read', path) ?? missing(`${path.type} ${path.id}`);

export const findRecord: ControlAnswer = ({ front, path, query }) => {
  const externalId = query.get('externalId') ?? '';
  return (
    callPart(front, 'records.find', { type: path.type, externalId }) ??
    missing(`${path.type} with external id ${externalId}`)
  );
};

export const listRecords: ControlAnswer = ({ front, path, query }) => {
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  const after = query.get('after');
  if (!Number.isSafeInteger(limit)) throw badRequest(`limit must be a whole number, not ${query.get('limit')}`);
  if (after !== null && !isInternalId(after)) throw badRequest(`after must be an internal id, not ${after}`);
  return callPart(front, 'records.list', { type: path.type, limit, ...(after === null ? {} : { after }) });
};

function missing(what: string): never {
  throw notFound(`There is no ${what}.`);
}
