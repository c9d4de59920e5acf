import { crmShape, type CrmConfig } from '../config/schema-crm';
import { hubspotOptionsSchema } from './hubspot/hubspot-client';
import { restOptionsSchema } from './rest/rest-options';
import { salesforceOptionsSchema } from './salesforce/salesforce-client';

const OWN: Readonly<Record<CrmConfig['kind'], readonly string[]>> = {
  salesforce: Object.keys(salesforceOptionsSchema.shape),
  hubspot: Object.keys(hubspotOptionsSchema.shape),
  rest: Object.keys(restOptionsSchema.shape),
  webhook: [],
};

/** Settings that no CRM of this kind has: a misspelt one would be left out without a word. */
export function unknownSettings(crm: CrmConfig): string[] {
  const known = new Set([...Object.keys(crmShape.shape), ...OWN[crm.kind]]);
  return Object.keys(crm).filter((name) => !known.has(name));
}
