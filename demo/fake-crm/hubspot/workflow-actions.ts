import type { Answer, Call } from '../loopback-server';
import type { CrmRecord } from '../record-table';
import { problem } from './access';

interface Definition {
  actionUrl?: string;
  objectTypes?: string[];
  published?: boolean;
  inputFields?: unknown[];
  functions?: unknown[];
  outputFields?: { typeDefinition?: { name?: string; type?: string } }[];
  executionRules?: { labelName?: string; conditions?: object }[];
  labels?: Record<
    string,
    { actionName?: string; outputFieldLabels?: Record<string, string>; executionRules?: Record<string, string> }
  >;
}

const OBJECTS = new Set(['CONTACT', 'COMPANY', 'DEAL', 'TICKET', 'QUOTE', 'ORDER']);

/** What of a definition HubSpot would refuse, or show people without a text; null when it takes it. */
function judge(given: Definition): string | null {
  const { actionUrl, objectTypes, published, labels = {}, outputFields = [], executionRules = [] } = given;
  if (!actionUrl?.startsWith('https://')) return 'actionUrl must be an https address';
  if (!Array.isArray(given.inputFields) || !Array.isArray(given.functions) || typeof published !== 'boolean')
    return 'inputFields, functions and published are required';
  if (!objectTypes?.every((one) => OBJECTS.has(one))) return 'objectTypes names an unknown type of object';
  const { en } = labels;
  if (!en?.actionName) return 'labels.en.actionName is required';
  const unnamed = outputFields.find(({ typeDefinition }) => !en.outputFieldLabels?.[typeDefinition?.name ?? '']);
  if (unnamed) return `an output field has no label: ${unnamed.typeDefinition?.name ?? ''}`;
  const silent = executionRules.find(({ labelName }) => !en.executionRules?.[labelName ?? '']);
  return silent ? `an execution rule has no text: ${silent.labelName ?? ''}` : null;
}

/** /automation/v4/actions/{appId}?hapikey=…: custom workflow actions, which the developer account of an app defines. */
export class WorkflowActions {
  readonly #developerKey: string | undefined;
  readonly #made = new Map<string, CrmRecord>();

  constructor(developerKey: string | undefined) {
    this.#developerKey = developerKey;
  }

  answer({ method, path, query, body }: Call): Answer {
    if (this.#developerKey === undefined || query.get('hapikey') !== this.#developerKey)
      return problem(401, 'INVALID_AUTHENTICATION', 'The API key provided is invalid.');
    const id = path.split('/')[5];
    if (method === 'GET') {
      const found = id === undefined ? { results: [...this.#made.values()] } : this.#made.get(id);
      return found ? { status: 200, body: found } : problem(404, 'OBJECT_NOT_FOUND', 'No such action');
    }
    const wrong = judge(body as Definition);
    if (wrong !== null) return problem(400, 'VALIDATION_ERROR', wrong);
    const made = { ...(body as CrmRecord), id: String(1_000 + this.#made.size), revisionId: '1' };
    this.#made.set(made.id, made);
    return { status: 201, body: made };
  }
}
