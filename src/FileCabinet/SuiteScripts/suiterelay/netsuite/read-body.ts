import type * as z from 'zod/mini';
import { explainIssues } from '../../../../../contract/explain-issues';
import { throwRequestError } from './throw-request-error';

/** Checks a request's body against its schema; what is wrong with it is one error that names the places. */
export function readBody<T extends z.ZodMiniType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(typeof body === 'string' ? parseJson(body) : body);
  if (parsed.success) return parsed.data;
  const issues = explainIssues(parsed.error.issues).map((issue) => `${issue.path || 'body'} ${issue.message}`);
  throwRequestError('INVALID_REQUEST_BODY', issues.join('; '));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throwRequestError('INVALID_REQUEST_BODY', 'the body is not JSON');
  }
}
