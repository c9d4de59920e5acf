import { explainFlowIssues } from './explain-flow-issues';
import { FlowDefinitionError } from './flow-definition-error';
import { flowSchema, type Flow, type FlowInput } from './flow-schema';

/** Reads one flow, from TypeScript, YAML or JSON alike. Throws `FlowDefinitionError`. */
export function parseFlow(input: unknown): Flow {
  const parsed = flowSchema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new FlowDefinitionError(explainFlowIssues(parsed.error.issues, input));
}

export const defineFlow = (input: FlowInput): Flow => parseFlow(input);
