import type { NextFunction, Request, Response } from 'express';
import { redactPath } from '../security/redact';
import { traceOf } from './request-context';
import type { RelayServices } from './services';

/** Traces, counts and logs every request. */
export function observe(services: RelayServices) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    const startMs = Date.now();
    const trace = traceOf(request);
    response.set('traceparent', trace.traceparent);
    response.set('X-Content-Type-Options', 'nosniff');
    response.once('finish', () => {
      const ms = performance.now() - started;
      // Routes, not paths: an id in a label would make a time series of every operation.
      const route = (request.route as { path?: unknown } | undefined)?.path;
      // An error leaves the router before its handler answers, and the router's part of the address with it.
      const isApi = request.originalUrl.startsWith('/v1/');
      const base = isApi && typeof route === 'string' && !route.startsWith('/v1/') ? '/v1' : request.baseUrl;
      const name = typeof route === 'string' ? `${base}${route}` : 'none';
      services.metrics.requests.inc({ route: name, status: String(response.statusCode) });
      services.metrics.requestSeconds.observe({ route: name }, ms / 1000);
      if (trace.sampled && isApi && base === '/v1')
        services.tracer?.({
          traceId: trace.traceId,
          spanId: trace.spanId,
          parentSpanId: trace.parentSpanId,
          name: `${request.method} ${name}`,
          kind: 'server',
          startMs,
          endMs: startMs + ms,
          attributes: {
            'http.request.method': request.method,
            'http.route': name,
            'http.response.status_code': response.statusCode,
          },
          error: response.statusCode >= 500 ? `answered ${response.statusCode}` : undefined,
        });
      services.log.debug(
        {
          traceId: trace.traceId,
          method: request.method,
          path: redactPath(request.path),
          status: response.statusCode,
          ms: Math.round(ms),
        },
        'answered',
      );
    });
    next();
  };
}
