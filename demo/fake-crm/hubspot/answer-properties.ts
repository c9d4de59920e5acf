import type { Answer, Call } from '../loopback-server';
import type { CrmRecord } from '../record-table';
import { problem, type Access } from './access';
import { judgeProperty, type NewProperty } from './judge-property';
import { batchAnswer, unknownPath, type PortalRows } from './object-rows';
import { TYPE_IDS, type PropertySchema } from './portal-schema';

/** Most properties of an object whose values are unique. */
const MOST_UNIQUE = 10;
const BATCH = 100;

/** /crm/v3/properties/{object}: properties and their groups, read and made. */
export function answerProperties(
  rows: PortalRows,
  access: Access,
  { method, body }: Call,
  [name = '', second, third]: (string | undefined)[],
): Answer {
  const object = TYPE_IDS[name] ?? name;
  const { schema } = rows;
  if (!schema.has(object)) return problem(400, 'VALIDATION_ERROR', `Unable to infer object type from: ${name}`);
  const lacking = access.lacksSchemaScope(object, method !== 'GET');
  if (lacking) return lacking;
  if (second === 'groups') return answerGroups(rows, object, method, body as Group | null);
  if (method === 'GET' && second === undefined)
    return { status: 200, body: { results: schema.all(object).map(showProperty) } };
  if (method === 'GET') {
    const known = schema.get(object, second!);
    return known ? { status: 200, body: showProperty(known) } : problem(404, 'OBJECT_NOT_FOUND', `${second} not found`);
  }
  if (method === 'PATCH' && second !== undefined) return answerOptions(rows, object, second, body as OptionList);
  if (method !== 'POST') return unknownPath();
  const isBatch = second === 'batch' && third === 'create';
  const given = isBatch ? (body as { inputs: NewProperty[] }).inputs : [body as NewProperty];
  const refused = refuseProperties(rows, object, given);
  if (refused) return refused;
  const made = given.map((one) => showProperty(schema.create(object, one)!));
  return isBatch ? { ...batchAnswer(rows, made, []), status: 201 } : { status: 201, body: made[0] };
}

interface Group {
  name?: string;
  label?: string;
}

function answerGroups({ schema }: PortalRows, object: string, method: string, group: Group | null): Answer {
  if (method === 'GET') return { status: 200, body: { results: schema.groups(object).map((name) => ({ name })) } };
  if (!group?.name || !group.label) return problem(400, 'VALIDATION_ERROR', 'A group needs a name and a label.');
  if (!schema.addGroup(object, group.name))
    return problem(409, 'OBJECT_ALREADY_EXISTS', `A property group named '${group.name}' already exists.`);
  return { status: 201, body: { ...group, archived: false, displayOrder: -1 } };
}

interface OptionList {
  options?: { label?: string; value?: string }[];
}

/** The options of a property are replaced as a whole. */
function answerOptions({ schema }: PortalRows, object: string, name: string, { options = [] }: OptionList): Answer {
  const known = schema.get(object, name);
  if (!known) return problem(404, 'OBJECT_NOT_FOUND', `${name} not found`);
  const changed = { ...known, options: options.map(({ label = '', value = '' }) => ({ label, value })) };
  const wrong = judgeProperty(changed, schema.groups(object));
  if (wrong !== null) return problem(400, 'VALIDATION_ERROR', `${name}: ${wrong}`);
  schema.define(object, changed);
  return { status: 200, body: showProperty(changed) };
}

function refuseProperties({ schema }: PortalRows, object: string, given: readonly NewProperty[]): Answer | null {
  if (given.length > BATCH) return problem(400, 'VALIDATION_ERROR', `The maximum number of inputs is ${BATCH}`);
  for (const one of given) {
    const wrong = judgeProperty(one, schema.groups(object));
    if (wrong !== null) return problem(400, 'VALIDATION_ERROR', `${one.name}: ${wrong}`);
  }
  const taken = given.find((one) => schema.get(object, one.name));
  if (taken) return problem(409, 'OBJECT_ALREADY_EXISTS', `A property named '${taken.name}' already exists.`);
  const unique = [...schema.all(object), ...given].filter(({ hasUniqueValue }) => hasUniqueValue === true);
  return unique.length > MOST_UNIQUE
    ? problem(400, 'VALIDATION_ERROR', `An object has at most ${MOST_UNIQUE} properties with unique values.`)
    : null;
}

const showProperty = ({ readOnly, ...shown }: PropertySchema): CrmRecord => ({
  ...shown,
  modificationMetadata: { readOnlyValue: readOnly, readOnlyDefinition: true, archivable: !readOnly },
});
