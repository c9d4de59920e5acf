import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Principal } from '../security/principal';
import { authenticate } from './authenticate';
import { ProblemError } from './problem';
import { readBody } from './read-body';
import type { RelayServices } from './services';
import { continueTrace } from './trace';
import type { Trace } from './trace';

const traces = new WeakMap<Request, Trace>();

/** The trace of a request; begun when the request has none. */
export function traceOf(request: Request): Trace {
  const known = traces.get(request);
  if (known) return known;
  const header = request.headers['traceparent'];
  const trace = continueTrace(typeof header === 'string' ? header : undefined);
  traces.set(request, trace);
  return trace;
}

/** What a route works with. */
export interface RouteContext {
  services: RelayServices;
  request: Request;
  response: Response;
  principal: Principal;
  trace: Trace;
}

export type Route = (context: RouteContext) => Promise<void>;

/** A route for authenticated callers: trace, credentials, rate limit, then the route itself. */
export function authenticated(services: RelayServices, route: Route): RequestHandler {
  return (request, response, next: NextFunction) => {
    const run = async () => {
      const principal = await authenticate(services, request);
      limitRate(services, principal.source, response);
      await route({ services, request, response, principal, trace: traceOf(request) });
    };
    run().catch(next);
  };
}

/** Counts the request of a caller that is who it says, against its quota too, and says so in the headers. Throws 429. */
export function limitRate(services: RelayServices, caller: string, response: Response): void {
  services.metrics.sourceCalls.inc({ source: caller });
  const { rateLimiter } = services.settings();
  const state = rateLimiter.hit(caller, services.now());
  response.set(rateLimiter.headers(state));
  if (!state.allowed) {
    throw new ProblemError('rate-limited', `This source sent too many requests; go on in ${state.resetS} s.`, {
      retryAfterS: state.resetS,
    });
  }
}

/** The bytes of a request within the configured limit. */
export const bodyOf = (services: RelayServices, request: Request): Promise<Buffer> =>
  readBody(request, services.settings().config.limits.bodyBytes);

/** A header that comes once; several of the same name are no value. */
export function headerOf(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
