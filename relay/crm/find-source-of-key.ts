import { crmIdOfKey, type Flow, type Settings } from '../../flows';

/** Which object of which CRM a record's external id speaks of, by the prefixes of the flows. */
export function findSourceOfKey(
  flows: readonly Flow[],
  recordType: string,
  externalId: string,
  settings: Settings,
): { flow: Flow; crmId: string } | null {
  for (const flow of flows) {
    if (flow.direction !== 'toNetSuite' || !flow.enabled || flow.recordType !== recordType) continue;
    // Its ids are those of another object's records.
    if (flow.key.ownId !== undefined) continue;
    const crmId = crmIdOfKey(externalId, flow.key.prefix, settings['externalIdSuffix']);
    if (crmId !== null) return { flow, crmId };
  }
  return null;
}
