import type { NextFunction, Request, Response } from 'express';
import { StoreUnavailable } from '../store/errors';
import { redactPath } from '../security/redact';
import { allowedMethods } from './allowed-methods';
import { problemBody, ProblemError, PROBLEMS } from './problem';
import { traceOf } from './request-context';
import type { RelayServices } from './services';

/** The last handler: every fault becomes `application/problem+json`, and what is unexpected is logged, never shown. */
export function handleError(services: RelayServices) {
  return (error: unknown, request: Request, response: Response, _next: NextFunction): void => {
    const problem = asProblem(error);
    const { traceId } = traceOf(request);
    const { status } = PROBLEMS[problem.slug];
    services.metrics.refused.inc({ problem: problem.slug });
    const line = {
      traceId,
      method: request.method,
      path: redactPath(request.path),
      problem: problem.slug,
      detail: problem.message,
    };
    if (status >= 500) services.log.error({ ...line, err: error }, 'request failed');
    else services.log.info(line, 'request refused');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { retryAfterS, headers } = problem.options;
    if (headers) response.set(headers);
    if (retryAfterS !== undefined) response.set('Retry-After', String(retryAfterS));
    response
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, redactPath(request.path), traceId)));
  };
}

/** Seconds after which a caller should try again when the store can't be asked. */
const RETRY_AFTER_S = 10;

function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof StoreUnavailable)
    return new ProblemError('store-unavailable', error.message, { retryAfterS: RETRY_AFTER_S });
  // What Express itself throws: a malformed address, for one.
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 400) return new ProblemError('invalid-request', 'The address is not valid.');
  return new ProblemError('internal-error', 'The relay failed to answer; the trace id finds the reason in its log.');
}

/** Paths and methods that no route takes. */
export function handleUnknown(request: Request, _response: Response, next: NextFunction): void {
  const allowed = allowedMethods(request.path);
  if (allowed.length > 0 && !allowed.includes(request.method)) {
    const methods = allowed.join(', ');
    const detail = `${redactPath(request.path)} takes ${methods}; ${request.method} came.`;
    next(new ProblemError('method-not-allowed', detail, { headers: { Allow: methods } }));
    return;
  }
  next(
    new ProblemError(
      'not-found',
      `There is no ${request.method} ${redactPath(request.path)} here; GET /docs lists what there is.`,
    ),
  );
}
