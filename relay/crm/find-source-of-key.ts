import type { Flow, Settings } from '../../flows';

const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The id as the CRM writes it. An external id is in upper case; the last three of a Salesforce id say which of the fifteen letters
 * before them are upper case, so nothing is lost.
 */
export function crmIdOf(upperId: string): string | null {
  if (/^\d+$/.test(upperId)) return upperId;
  if (!/^[A-Z0-9]{15}[A-Z0-5]{3}$/.test(upperId)) return null;
  let id = '';
  for (let at = 0; at < 15; at += 1) {
    const bits = CHECK.indexOf(upperId[15 + Math.floor(at / 5)]!);
    const letter = upperId[at]!;
    id += (bits >> (at % 5)) & 1 ? letter : letter.toLowerCase();
  }
  return id + upperId.slice(15);
}

/** Which object of which CRM a record's external id speaks of, by the prefixes of the flows. */
export function findSourceOfKey(
  flows: readonly Flow[],
  recordType: string,
  externalId: string,
  settings: Settings,
): { flow: Flow; crmId: string } | null {
  const suffix =
    typeof settings['externalIdSuffix'] === 'string' ? `_${settings['externalIdSuffix']}`.toUpperCase() : '';
  for (const flow of flows) {
    const prefix = `${flow.key.prefix}_`.toUpperCase();
    if (flow.direction !== 'toNetSuite' || !flow.enabled || flow.recordType !== recordType) continue;
    if (!externalId.startsWith(prefix) || !externalId.endsWith(suffix)) continue;
    const crmId = crmIdOf(externalId.slice(prefix.length, externalId.length - suffix.length));
    if (crmId !== null) return { flow, crmId };
  }
  return null;
}
