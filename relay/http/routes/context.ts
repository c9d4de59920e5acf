import * as z from 'zod';
import type { SourceConfig } from '../../config/schema-sources';
import { customerOfRecord } from '../../context/customer-of-record';
import { contextRow } from '../../context/write-context';
import type { Flow } from '../../../flows';
import { ReconcileFailed } from '../../netsuite';
import { PullFailed } from '../../pull/read-once';
import { accountOf, requireAction, sourceFor } from '../authenticate';
import { ProblemError } from '../problem';
import type { Route } from '../request-context';

export const contextQuerySchema = z.object({
  customer: z.string().min(1).meta({ description: 'Id of the account or company in the CRM.' }),
  source: z.string().optional().meta({ description: 'For administrators: whose account it is.' }),
});

/** Seconds after which a caller should ask again when NetSuite could not be asked. */
const RETRY_AFTER_S = 10;

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
  const found = await services.findContext(account, key.key).catch((error: unknown) => {
    if (!(error instanceof PullFailed) && !(error instanceof ReconcileFailed)) throw error;
    throw new ProblemError('netsuite-unavailable', `NetSuite could not be asked: ${error.message}`, {
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
