import type * as z from 'zod';
import type { ConfigIssue } from './config-error';

/** Schema issues as sentences for an operator: the path, what is wrong, and what would be right. */
export function explainConfigIssues(
  issues: readonly z.core.$ZodIssue[],
  at: readonly PropertyKey[] = [],
): ConfigIssue[] {
  return issues.flatMap((issue) => explainOne(issue, [...at, ...issue.path]));
}

/** A variant of another type than what was given is not meant; one of the right type with other values rather is. */
function strangeness([first]: readonly z.core.$ZodIssue[]): number {
  if (first === undefined || first.path.length > 0) return 0;
  if (first.code === 'invalid_type') return 2;
  return first.code === 'invalid_value' ? (typeof first.input === 'string' || first.input === undefined ? 1 : 2) : 0;
}

function explainOne(issue: z.core.$ZodIssue, at: readonly PropertyKey[]): ConfigIssue[] {
  const path = at.map(String).join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...at.map(String), key].join('.'),
        message: 'is not a known setting; check its spelling against docs/configuration.md',
      }));
    case 'invalid_type':
      return [
        {
          path,
          message: issue.message.endsWith('undefined')
            ? `is missing: ${issue.expected} expected`
            : `must be ${issue.expected}`,
        },
      ];
    case 'invalid_value':
      return [{ path, message: `must be one of ${issue.values.map(String).join(', ')}` }];
    case 'invalid_union': {
      // The variant that fits best says most: of those that are meant at all, the one with the fewest issues.
      const best = [...issue.errors].sort((a, b) => strangeness(a) - strangeness(b) || a.length - b.length)[0];
      return best && best.length > 0 ? explainConfigIssues(best, at) : [{ path, message: issue.message }];
    }
    default:
      return [{ path, message: issue.message }];
  }
}
