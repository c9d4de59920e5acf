import type { Flow } from '../../flows';
import type { CrmConfig } from '../config/schema-crm';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { HubSpotAdapter, hubspotOptionsSchema } from './hubspot/hubspot-adapter';
import { SalesforceAdapter, salesforceOptionsSchema } from './salesforce/salesforce-adapter';

export interface CrmDependencies {
  /** Flows towards NetSuite that take an object of a CRM of this kind: what they read is what is fetched. */
  flowsFor: (kind: string, object: string) => readonly Flow[];
  now?: () => number;
}

/** The adapter of a configured Salesforce or HubSpot; null for kinds that live elsewhere. Throws a `ZodError` for missing options. */
export function createCrmAdapter(config: CrmConfig, { flowsFor, now }: CrmDependencies): CrmAdapter | null {
  switch (config.kind) {
    case 'salesforce':
      return new SalesforceAdapter(salesforceOptionsSchema.parse(config), {
        flowsFor: (object) => flowsFor('salesforce', object),
        ...(now ? { now } : {}),
      });
    case 'hubspot':
      return new HubSpotAdapter(hubspotOptionsSchema.parse(config), {
        flowsFor: (object) => flowsFor('hubspot', object),
      });
    case 'webhook':
      return null;
  }
}
