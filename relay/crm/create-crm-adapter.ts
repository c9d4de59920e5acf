import type { Dispatcher } from 'undici';
import type { Flow } from '../../flows';
import type { CrmConfig } from '../config/schema-crm';
import type { CrmAdapter } from '../delivery/crm-adapter';
import { RestAdapter } from './rest/rest-adapter';
import { restOptionsSchema } from './rest/rest-options';
import { HubSpotAdapter } from './hubspot/hubspot-adapter';
import { hubspotOptionsSchema } from './hubspot/hubspot-client';
import { storedMemory } from './salesforce/bulk-memory';
import { SalesforceAdapter } from './salesforce/salesforce-adapter';
import { salesforceOptionsSchema } from './salesforce/salesforce-client';
import type { Store } from '../store/types';

export interface CrmDependencies {
  /** Flows towards NetSuite that take an object of a CRM of this kind: what they read is what is fetched. */
  flowsFor: (kind: string, object: string) => readonly Flow[];
  now?: () => number;
  /** Connections of the target, which guard where they lead. */
  dispatcher?: Dispatcher;
  /** Where an adapter keeps what must outlive a restart. */
  store?: Pick<Store, 'getCursor' | 'setCursor'>;
}

/** The adapter of a configured CRM; null for webhooks, which live elsewhere. Throws a `ZodError` for missing options. */
export function createCrmAdapter(
  config: CrmConfig,
  { flowsFor, now, dispatcher, store }: CrmDependencies,
): CrmAdapter | null {
  switch (config.kind) {
    case 'salesforce':
      return new SalesforceAdapter(salesforceOptionsSchema.parse(config), {
        flowsFor: (object) => flowsFor('salesforce', object),
        ...(store ? { memory: storedMemory(store, config.name), store } : {}),
        ...(now ? { now } : {}),
        ...(dispatcher ? { dispatcher } : {}),
      });
    case 'hubspot':
      return new HubSpotAdapter(hubspotOptionsSchema.parse(config), {
        flowsFor: (object) => flowsFor('hubspot', object),
        ...(store ? { store } : {}),
        ...(dispatcher ? { dispatcher } : {}),
      });
    case 'rest':
      return new RestAdapter(restOptionsSchema.parse(config), {
        flowsFor: (object) => flowsFor(config.name, object),
        ...(store ? { store } : {}),
        ...(now ? { now } : {}),
        ...(dispatcher ? { dispatcher } : {}),
      });
    case 'webhook':
      return null;
  }
}
