import type { NextFunction, Request, Response } from 'express';
import { ProblemError } from './problem';

/** Headers that decide who calls, what is sent, or whether it is new. */
const ONCE = [
  'authorization',
  'content-encoding',
  'content-type',
  'idempotency-key',
  'webhook-id',
  'webhook-signature',
  'webhook-timestamp',
  'x-hubspot-request-timestamp',
  'x-hubspot-signature-v3',
] as const;

/**
 * Refuses a request that names one of these headers twice. Node joins some and takes the first of others; a proxy in front may choose otherwise,
 * and then the two would speak of different requests.
 */
export function refuseAmbiguous(request: Request, _response: Response, next: NextFunction): void {
  const twice = ONCE.filter((name) => (request.headersDistinct[name]?.length ?? 0) > 1);
  if (twice.length === 0) next();
  else
    next(new ProblemError('invalid-request', `The request names ${twice.join(' and ')} more than once; send it once.`));
}
