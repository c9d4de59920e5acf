import type { Answer, Call } from '../loopback-server';
import { problem } from './access';
import type { CrmRecord } from '../record-table';
import type { Links } from './links';
import { batchAnswer, unknownPath, type PortalRows } from './object-rows';
import { TYPE_IDS } from './portal-schema';

/** Records of one batch read, associations of one batch, and those of one record that an answer shows at once. */
const READS = 100;
const WRITES = 2_000;
const SHOWN = 500;

interface LinkInput {
  id?: string;
  after?: string;
  from?: { id: string };
  to?: { id: string };
}

interface AssociationType {
  associationCategory?: string;
  associationTypeId: number;
}

const objectOf = (name: string | undefined): string => TYPE_IDS[name ?? ''] ?? name ?? '';

/** `/crm/v4/objects/…/associations/…` for one record, `/crm/v4/associations/…/batch/…` for many. */
export function answerAssociations(rows: PortalRows, links: Links, call: Call, parts: readonly string[]): Answer {
  const [kind, from, third = '', ...rest] = parts;
  if (kind === 'objects') return answerOne(rows, links, call, objectOf(from), third, rest);
  const { inputs } = call.body as { inputs: LinkInput[] };
  const [source, target] = [objectOf(from), objectOf(third)];
  if (rest.join('/') === 'batch/read') {
    if (inputs.length > READS) return problem(400, 'VALIDATION_ERROR', `The maximum number of inputs is ${READS}`);
    const results = inputs.map(({ id = '', after = '0' }) => {
      const all = links.read(source, target, id);
      const end = Number(after) + SHOWN;
      const paging = end < all.length ? { paging: { next: { after: String(end) } } } : {};
      return { from: { id }, to: all.slice(Number(after), end), ...paging };
    });
    const without = results.filter(({ to }) => to.length === 0).map(({ from }) => from.id);
    const found = results.filter(({ to }) => to.length > 0);
    return batchAnswer(
      rows,
      found,
      without.map((id) => noneOf(source, id, target)),
    );
  }
  if (rest.join('/') !== 'batch/associate/default') return unknownPath();
  if (inputs.length > WRITES) return problem(400, 'VALIDATION_ERROR', `The maximum number of inputs is ${WRITES}`);
  const pairs = inputs.map(({ from: one, to: other }) => [one?.id ?? '', other?.id ?? ''] as const);
  const missing = pairs.filter(([one, other]) => !rows.table.get(source, one) || !rows.table.get(target, other));
  for (const pair of pairs) if (!missing.includes(pair)) links.addDefault(source, pair[0], target, pair[1]);
  const errors = missing.map(([one, other]) => ({
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: 'One of the records does not exist',
    context: { fromObjectId: [one], toObjectId: [other] },
  }));
  return batchAnswer(rows, [], errors);
}

function answerOne(
  { table }: PortalRows,
  links: Links,
  { method, body }: Call,
  source: string,
  id: string,
  [word, ...rest]: readonly string[],
): Answer {
  if (word !== 'associations') return unknownPath();
  const byDefault = rest[0] === 'default';
  const [target, other = ''] = byDefault ? [objectOf(rest[1]), rest[2]] : [objectOf(rest[0]), rest[1]];
  if (method === 'GET') return { status: 200, body: { results: links.read(source, target, id) } };
  if (!table.get(source, id) || !table.get(target, other)) return problem(404, 'OBJECT_NOT_FOUND', 'No such record');
  if (byDefault) links.addDefault(source, id, target, other);
  else
    for (const { associationCategory, associationTypeId } of body as AssociationType[])
      if (associationCategory === 'USER_DEFINED') links.addLabel(source, id, target, other, associationTypeId);
      else links.addTyped(source, id, target, other, associationTypeId);
  return { status: byDefault ? 200 : 201, body: { fromObjectId: id, toObjectId: other, labels: [] } };
}

/** What a portal says of a record that is associated with none. */
const noneOf = (from: string, id: string, to: string): CrmRecord => ({
  status: 'error',
  category: 'OBJECT_NOT_FOUND',
  subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
  message: `No ${to} is associated with ${from} ${id}.`,
  context: { fromObjectId: [id], fromObjectType: [from], toObjectType: [to] },
});
