import { callPart, type ControlAnswer } from './call';
import { badRequest, notFound } from './control-error';

const DEFAULT_LIMIT = 5000;

export const seedRecords: ControlAnswer = ({ front, body }) => {
  const rows = Array.isArray(body) ? body : [body];
  if (rows.some((row) => typeof row !== 'object' || row === null))
    throw badRequest('the body must be an array of records');
  return callPart(front, 'records.seed', { rows });
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
  return callPart(front, 'records.list', { type: path.type, limit, ...(after === null ? {} : { after }) });
};

function missing(what: string): never {
  throw notFound(`There is no ${what}.`);
}
