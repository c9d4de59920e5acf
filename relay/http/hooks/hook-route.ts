import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { SourceConfig } from '../../config/schema-sources';
import { assertCapacity } from '../capacity';
import { ProblemError } from '../problem';
import { bodyOf, limitRate, traceOf } from '../request-context';
import type { RelayServices } from '../services';
import type { Trace } from '../trace';

/** What a hook works with: the exact bytes, because signatures cover them. */
export interface HookContext {
  services: RelayServices;
  request: Request;
  response: Response;
  body: Buffer;
  trace: Trace;
}

export type Hook = (context: HookContext) => Promise<void>;

export function hookRoute(services: RelayServices, hook: Hook): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const run = async () => {
      if (services.stopping())
        throw new ProblemError('stopping', 'The relay is stopping; send it again.', { retryAfterS: 5 });
      const body = await bodyOf(services, request);
      await hook({ services, request, response, body, trace: traceOf(request) });
    };
    run().catch(next);
  };
}

/** Signed requests count against the quota of the source whose secret fits, and wait outside while the queue is full: senders repeat them. */
export async function admitHook({ services, response }: HookContext, source: SourceConfig): Promise<void> {
  limitRate(services, source.name, response);
  await assertCapacity(services);
}

/** One message is one transaction: it may bring as many records as a request. */
export function assertFew({ services }: HookContext, count: number): void {
  const { records } = services.settings().config.limits;
  if (count > records)
    throw new ProblemError('payload-too-large', `The message holds ${count} records; ${records} are allowed.`);
}

/** The public address of a request, as the sender signed it. */
export const signedUrl = ({ services, request }: HookContext): string =>
  `${services.publicUrl()}${request.originalUrl}`;

/** The CRM that a source's records are read from. */
export function crmOfSource(services: RelayServices, source: SourceConfig): string {
  const { crm } = services.settings().config;
  const found =
    crm.find(({ name }) => name === (source.crm ?? source.name)) ?? crm.find(({ kind }) => kind === source.kind);
  if (!found)
    throw new ProblemError('mapping-missing', `No CRM is configured from which records of ${source.name} can be read.`);
  return found.name;
}
