import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { changeBatchSchema } from '../../../contract';
import type { ChangeEvent } from '../../../contract';
import { StoreUnavailable } from '../../store/errors';
import { verifyWebhook } from '../../security/standard-webhooks';
import { schemaDetails } from '../accept/envelope';
import { assertCapacity } from '../capacity';
import { parseJsonBody } from '../json-body';
import { ProblemError } from '../problem';
import { bodyOf, headerOf } from '../request-context';
import type { RelayServices } from '../services';

/**
 * POST /v1/netsuite/events: change events that NetSuite pushes, signed as Standard Webhooks. A batch that comes twice is answered
 * alike: NetSuite repeats one whose answer it did not see.
 */
export function postNetSuiteEvents(services: RelayServices): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const run = async () => {
      const body = await bodyOf(services, request);
      const accounts = verifiedAccounts(services, request, body);
      await assertCapacity(services);
      const events = parseEvents(services, body);
      const account = accountOfEvents(events, accounts);
      const taken = await take(services, account, events);
      services.metrics.events.inc({ outcome: 'accepted' }, taken.accepted);
      services.metrics.events.inc({ outcome: 'duplicate' }, taken.duplicates);
      response.status(202).json({ accepted: events.length });
    };
    run().catch(next);
  };
}

/** The accounts one of whose secrets signed the batch. Throws 401. */
function verifiedAccounts(services: RelayServices, request: Request, body: Buffer): string[] {
  const headers = {
    id: headerOf(request, 'webhook-id'),
    timestamp: headerOf(request, 'webhook-timestamp'),
    signature: headerOf(request, 'webhook-signature'),
  };
  const now = services.now();
  let reason = 'no account takes pushed events: configure netsuite[].events.secrets';
  const fitting: string[] = [];
  for (const { account, events } of services.settings().config.netsuite) {
    if (events.secrets.length === 0) continue;
    const verdict = verifyWebhook(headers, body, events.secrets, now);
    if (verdict.ok) fitting.push(account);
    else reason = verdict.reason;
  }
  if (fitting.length > 0) return fitting;
  services.metrics.events.inc({ outcome: 'refused' });
  throw new ProblemError('signature-invalid', `The batch was not taken: ${reason}.`);
}

function parseEvents(services: RelayServices, body: Buffer): ChangeEvent[] {
  const parsed = changeBatchSchema.safeParse(parseJsonBody(body, services.settings().config.limits), {
    reportInput: true,
  });
  if (parsed.success) return parsed.data;
  throw new ProblemError('validation-failed', 'The batch does not hold change events of this contract.', {
    errors: schemaDetails(parsed.error.issues),
  });
}

const normal = (account: string): string => account.toUpperCase().replaceAll('-', '_');

/** Events name their account themselves; it must be the one whose secret signed them. */
function accountOfEvents(events: readonly ChangeEvent[], signedBy: readonly string[]): string {
  const named = new Set(events.map(({ source }) => normal(source.replace(/^\/netsuite\//, ''))));
  if (named.size === 0) return signedBy[0] ?? '';
  const account = signedBy.find((candidate) => named.has(normal(candidate)));
  if (named.size > 1 || account === undefined) {
    throw new ProblemError(
      'forbidden',
      `The events come from ${[...named].join(', ')}, whose secret did not sign them.`,
    );
  }
  return account;
}

async function take(services: RelayServices, account: string, events: readonly ChangeEvent[]) {
  try {
    return await services.events.take(account, events);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    throw new ProblemError('store-unavailable', `Nothing was stored: ${error.message}`, { retryAfterS: 10 });
  }
}
