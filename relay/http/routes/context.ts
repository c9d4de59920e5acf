import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { SourceConfig } from '../../config/schema-sources';
import { customerOfRecord } from '../../context/customer-of-record';
import { contextRow } from '../../context/write-context';
import type { Flow } from '../../../flows';
import { DispatchStopped } from '../../dispatch/dispatch';
import { ReconcileFailed } from '../../netsuite';
import { PullFailed } from '../../pull/read-once';
import { accountOf, requireAction, sourceFor } from '../authenticate';
import { readPrefer } from '../headers';
import { ProblemError } from '../problem';
import type { Route } from '../request-context';

export const contextQuerySchema = z.object({
  customer: z.string().min(1).meta({ description: 'Id of the account or company in the CRM.' }),
  source: z.string().optional().meta({ description: 'For administrators: whose account it is.' }),
});

/** Seconds after which a caller should ask again when NetSuite could not be asked. */
const RETRY_AFTER_S = 10;

/** How long a caller who names no time is kept waiting, in seconds: below the time-outs of common proxies and of people. */
const ANSWER_WITHIN_S = 20;

/** Calls are stopped, or every slot is taken, for longer than a caller waits. The answer is kept for the next who asks. */
class NotInTime extends Error {
  override readonly name = 'NotInTime' as const;
  constructor(waitS: number) {
    super(`no slot was free, or no answer came, within ${waitS} s`);
  }
}

async function inTime<T>(work: Promise<T>, waitS: number): Promise<T> {
  const over = new AbortController();
  const late = sleep(waitS * 1_000, null, { signal: over.signal }).then(() => {
    throw new NotInTime(waitS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
  }
}

/**
 * GET /v1/context?customer=<id of the account or company>: what NetSuite knows of a customer, for a card or a Flow beside a case. A
 * customer that NetSuite does not have is an answer with a note, no error.
 */
export const getContext: Route = async ({ services, principal, request, response }) => {
  requireAction(principal, 'read');
  const asked = contextQuerySchema.safeParse(request.query);
  if (!asked.success)
    throw new ProblemError('validation-failed', 'Say which account is meant: ?customer=<its id in the CRM>.');
  const { customer, source: named } = asked.data;
  const source = sourceFor(services, principal, named ?? principal.source);
  const account = accountOf(services, source);
  const set = services.flowsOf(account);
  const flow = set.flows.find((one) => takes(one, source));
  if (!flow) throw new ProblemError('not-found', `No flow of ${source.name} shows what NetSuite knows of a customer.`);
  const key = customerOfRecord(
    { ...flow, asks: { ...flow.asks!, customer: 'id', transform: ID[source.kind] } },
    { id: customer },
    set,
  );
  if ('why' in key) throw new ProblemError('validation-failed', `${customer} is no id of an account: ${key.why}`);
  const waitS = readPrefer(request.headers['prefer']).waitS ?? ANSWER_WITHIN_S;
  const found = await inTime(services.findContext(account, key.key), waitS).catch((error: unknown) => {
    const passing = [PullFailed, ReconcileFailed, DispatchStopped, NotInTime].some((one) => error instanceof one);
    if (!passing) throw error;
    throw new ProblemError('netsuite-unavailable', `NetSuite could not be asked: ${(error as Error).message}`, {
      retryAfterS: RETRY_AFTER_S,
    });
  });
  const { asOf, note, ...row } = contextRow(found, null, services.now());
  response.json({
    found: found.row !== null,
    customer: { crmId: customer, externalId: key.key, internalId: found.internalId, number: row['number'] ?? null },
    entitlementActive: row['active'],
    entitlementEnd: row['entitlementEnd'],
    purchasedItems: row['purchasedItems'],
    openShipments: row['openShipments'],
    overdueBalance: row['overdueBalance'],
    stockStatus: row['stockStatus'],
    note,
    asOf,
  });
};

/** How a CRM's ids are checked. */
const ID: Readonly<Record<string, string | undefined>> = { salesforce: 'sfRecordId', hubspot: 'digitsId' };

const takes = (flow: Flow, { kind, name }: SourceConfig): boolean =>
  flow.enabled && flow.asks !== undefined && (flow.crm === kind || flow.crm === name);
