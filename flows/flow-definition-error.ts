export interface FlowIssue {
  flow: string;
  /** Path inside the flow, such as `fields.companyname.owner`. */
  path: string;
  message: string;
}

/** A flow that must not run. Lists everything that is wrong, each with what to do. */
export class FlowDefinitionError extends Error {
  readonly issues: readonly FlowIssue[];

  constructor(issues: readonly FlowIssue[]) {
    super(issues.map(({ flow, path, message }) => `flow ${flow}: ${path}: ${message}`).join('\n'));
    this.name = 'FlowDefinitionError';
    this.issues = issues;
  }
}
