import { ADMINISTRATOR } from '../auth/users';
import { SCRIPT_LIMITS } from '../kernel/governance';
import type { Shape } from '../kernel/shape-fault';
import type { RecordData, RunResult, User } from '../kernel/types';
import { callPart, type ControlAnswer, type ControlCall } from './call';
import { badRequest, ControlError } from './control-error';
import { requireShape } from './require-shape';

interface FormBody {
  type: string;
  id?: string | number;
  event?: string;
  copyFrom?: string | number;
  as?: { entity?: number; role?: number | string };
  context?: string;
  triggers?: boolean;
  [key: string]: unknown;
}

const FORM: Shape = {
  keys: {
    'id?': { orNull: 'id' },
    'copyFrom?': { orNull: 'id' },
    'event?': { orNull: 'text' },
    'context?': { orNull: 'text' },
    'as?': { orNull: { keys: { 'entity?': 'id', 'role?': 'id' } } },
    'fields?': { orNull: 'object' },
    'sublists?': { orNull: { map: { orNull: { list: 'object' } } } },
    'subrecords?': { orNull: { map: { orNull: 'object' } } },
  },
};

/** What a script's refusal tells besides its name and message. */
interface RefusalDetails {
  userEvent?: string;
  entryPoint?: string;
  savedId?: string;
}

/** The browser, or the named context, saves a record. A script that refuses is an answer; a platform refusal is a 400. */
export const saveForm: ControlAnswer = async (call) => {
  const { output, error } = await run(call, 'save');
  if (!error) return { id: (output as { id: string }).id, saved: true };
  const details = detailsOf(error);
  if (details.userEvent === undefined) throw new ControlError(400, error.name, error.message);
  const { name, message } = error;
  const saved = details.savedId !== undefined;
  return { id: details.savedId ?? idOf(call) ?? null, saved, error: { name, message, entryPoint: details.entryPoint } };
};

/** Opens a form: fires beforeLoad only. */
export const openForm: ControlAnswer = async (call) => {
  const { output, error } = await run(call, 'open');
  if (error) throw new ControlError(400, error.name, error.message);
  return callPart(call.front, 'records.show', output as { record: RecordData });
};

const idOf = ({ body }: ControlCall): string | undefined => {
  const { id } = body as FormBody;
  return id === undefined || id === null ? undefined : String(id);
};

function run({ front, body }: ControlCall, entry: string): Promise<RunResult> {
  const { as, context, triggers, ...input } = (body ?? {}) as FormBody;
  if (typeof input.type !== 'string') throw badRequest('type is required');
  requireShape(body, FORM, 'the body');
  for (const key of ['id', 'copyFrom'] as const) {
    if (input[key] === null) delete input[key];
    else if (input[key] !== undefined) input[key] = String(input[key]);
  }
  const { units, ms } = SCRIPT_LIMITS.userevent;
  return front.account.runner.run({
    scriptId: null,
    deploymentId: null,
    type: 'ui',
    entry,
    input,
    user: userOf(front, as ?? undefined),
    context: context ?? 'USERINTERFACE',
    unitsLimit: Math.max(units, Number.MAX_SAFE_INTEGER),
    virtualMsLimit: Math.max(ms, Number.MAX_SAFE_INTEGER),
    ...(triggers === undefined ? {} : { triggers }),
  });
}

function userOf(
  front: ControlCall['front'],
  { entity = ADMINISTRATOR.entity, role = ADMINISTRATOR.role }: FormBody['as'] = {},
): User {
  const roleId = front.roleId(role);
  if (roleId === undefined) throw badRequest(`There is no role ${role}.`);
  return { entity: Number(entity), role: roleId };
}

function detailsOf(error: NonNullable<RunResult['error']>): RefusalDetails {
  return error.json === undefined ? {} : (JSON.parse(error.json) as RefusalDetails);
}
