import type * as z from 'zod/mini';

/** Turns schema issues into sentences with the path in front; the wire schemas carry no language of their own. */
export function explainIssues(issues: readonly z.core.$ZodIssue[]): { path: string; message: string }[] {
  return issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: explain(issue) }));
}

function explain(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? `is missing (${issue.expected} expected)` : `must be ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `is too small: at least ${String(issue.minimum)}`;
    case 'too_big':
      return `is too large: at most ${String(issue.maximum)}`;
    case 'invalid_format':
      return `does not have the right form${'pattern' in issue && issue.pattern ? ` (${String(issue.pattern)})` : ''}`;
    case 'unrecognized_keys':
      return `has unknown keys: ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return 'matches none of the allowed forms';
    default:
      return issue.message || 'is not valid';
  }
}
