import { explainIssues } from '../contract';
import { FlowDefinitionError } from './flow-definition-error';
import { flowSchema, type Flow, type FlowInput } from './flow-schema';

/** Reads one flow, from TypeScript, YAML or JSON alike. Throws `FlowDefinitionError`. */
export function parseFlow(input: unknown): Flow {
  const parsed = flowSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const named = (input as { id?: unknown } | null)?.id;
  throw new FlowDefinitionError(
    explainIssues(parsed.error.issues).map(({ path, message }) => ({
      flow: typeof named === 'string' ? named : '(without id)',
      path: path || '(whole flow)',
      message: path.endsWith('owner') ? `${message}. Every field names its owner: crm, netsuite or relay` : message,
    })),
  );
}

export const defineFlow = (input: FlowInput): Flow => parseFlow(input);
