import type { Dispatcher } from 'undici';
import type { Flow } from '../../flows';
import type { CrmConfig } from '../config/schema-crm';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { HubSpotAdapter, hubspotOptionsSchema } from './hubspot/hubspot-adapter';
import { SalesforceAdapter, salesforceOptionsSchema } from './salesforce/salesforce-adapter';

export interface CrmDependencies {
  /** Flows towards NetSuite that take an object of a CRM of this kind: what they read is what is fetched. */
  flowsFor: (kind: string, object: string) => readonly Flow[];
  now?: () => number;
  /** Connections of the target, which guard where they lead. */
  dispatcher?: Dispatcher;
}

/** The adapter of a configured Salesforce or HubSpot; null for kinds that live elsewhere. Throws a `ZodError` for missing options. */
export function createCrmAdapter(config: CrmConfig, { flowsFor, now, dispatcher }: CrmDependencies): CrmAdapter | null {
  switch (config.kind) {
    case 'salesforce':
      return new SalesforceAdapter(salesforceOptionsSchema.parse(config), {
        flowsFor: (object) => flowsFor('salesforce', object),
        ...(now ? { now } : {}),
        ...(dispatcher ? { dispatcher } : {}),
      });
    case 'hubspot':
      return new HubSpotAdapter(hubspotOptionsSchema.parse(config), {
        flowsFor: (object) => flowsFor('hubspot', object),
        ...(dispatcher ? { dispatcher } : {}),
      });
    case 'webhook':
      return null;
  }
}
