import * as z from 'zod';
import type { RecordToFetch } from '../../delivery/to-fetch';

/** A HubSpot webhook event as far as it matters here; every other property passes. */
export const hubspotEventSchema = z.looseObject({
  eventId: z.union([z.number(), z.string()]).optional(),
  subscriptionId: z.union([z.number(), z.string()]).optional(),
  portalId: z.union([z.number(), z.string()]),
  appId: z.union([z.number(), z.string()]).optional(),
  occurredAt: z.union([z.number(), z.string()]),
  subscriptionType: z.string().optional(),
  eventType: z.string().optional(),
  objectId: z.union([z.number(), z.string()]).optional(),
  objectTypeId: z.string().optional(),
  propertyName: z.string().optional(),
  changeSource: z.string().optional(),
  sourceId: z.string().nullish(),
  fromObjectId: z.union([z.number(), z.string()]).optional(),
  primaryObjectId: z.union([z.number(), z.string()]).optional(),
  mergedObjectIds: z.array(z.union([z.number(), z.string()])).optional(),
  newObjectId: z.union([z.number(), z.string()]).nullish(),
});
export type HubSpotEvent = z.infer<typeof hubspotEventSchema>;

/** HubSpot's names and numbers of its object types, as the paths of its CRM API name them; custom types go by their number. */
const OBJECTS: Readonly<Record<string, string>> = {
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-5': 'tickets',
  '0-7': 'products',
  '0-8': 'line_items',
  '0-14': 'quotes',
  '0-53': 'invoices',
  '0-123': 'orders',
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  ticket: 'tickets',
  product: 'products',
  line_item: 'line_items',
  quote: 'quotes',
  invoice: 'invoices',
  order: 'orders',
};

/** `deal`, `DEAL` and `0-3` are all `deals`. */
export const hubspotObject = (name: string): string => OBJECTS[name.toLowerCase()] ?? name;

export interface HubSpotRules {
  crm: string;
  source: string;
  /** Events with this source id are our own writes coming back. */
  appId: string | undefined;
  takes: (object: string) => boolean;
}

export interface SortedEvents {
  fetch: RecordToFetch[];
  /** Own writes coming back, and objects that no flow takes. */
  skipped: number;
}

/** One property per event, many events per save: one reading per record is enough. */
export function sortHubSpotEvents(events: readonly HubSpotEvent[], rules: HubSpotRules): SortedEvents {
  const byRecord = new Map<string, RecordToFetch & { notices: string[] }>();
  let skipped = 0;
  for (const event of events) {
    const { object, verb } = kindOf(event);
    const id = event.newObjectId ?? event.primaryObjectId ?? event.objectId ?? event.fromObjectId;
    if (id === undefined || isOwnWrite(event, rules.appId) || !rules.takes(object)) {
      skipped += 1;
      continue;
    }
    for (const merged of goneBy(event)) addMerged(byRecord, rules, { object, event, id: merged, into: String(id) });
    const deleted = verb === 'deletion' || verb === 'privacyDeletion';
    const name = `${object}|${id}|${deleted}`;
    const known = byRecord.get(name);
    if (known) {
      known.notices.push(noticeKey(event));
      known.byMachine = known.byMachine === true && isByMachine(event);
    } else {
      byRecord.set(name, {
        crm: rules.crm,
        source: rules.source,
        object,
        id: String(id),
        notices: [noticeKey(event)],
        lane: 'realtime',
        deleted,
        byMachine: isByMachine(event),
      });
    }
  }
  return { fetch: [...byRecord.values()], skipped };
}

/**
 * The records that a merge ended. `mergedObjectIds` are the secondary ones; the primary one lives on only where no new record was made of
 * both, as is the rule by now (developer changelog, "Updated merge functionality for contacts and companies").
 */
const goneBy = ({ mergedObjectIds, primaryObjectId }: HubSpotEvent): Set<string> =>
  new Set([...(mergedObjectIds ?? []), ...(mergedObjectIds && primaryObjectId ? [primaryObjectId] : [])].map(String));

/** A record that went into another one: the one that lives on is read, the other goes before a person. */
function addMerged(
  byRecord: Map<string, RecordToFetch & { notices: string[] }>,
  { crm, source }: HubSpotRules,
  { object, event, id, into }: { object: string; event: HubSpotEvent; id: string; into: string },
): void {
  if (id === into) return;
  const notices = [`${noticeKey(event)}:merged:${id}`];
  byRecord.set(`${object}|${id}|merged`, {
    crm,
    source,
    object,
    id,
    notices,
    lane: 'realtime',
    deleted: true,
    mergedInto: into,
  });
}

/** `contact.propertyChange`, or `object.propertyChange` with the type's number beside it. */
function kindOf(event: HubSpotEvent): { object: string; verb: string } {
  const [named = '', verb = ''] = (event.subscriptionType ?? event.eventType ?? '').split('.');
  return { object: hubspotObject(named === 'object' ? (event.objectTypeId ?? '') : named), verb };
}

/** `eventId` is documented as not unique; these parts together are. Associations and merges name their record by another member. */
const noticeKey = (event: HubSpotEvent): string => {
  const { portalId, subscriptionId, propertyName, occurredAt } = event;
  const id = event.objectId ?? event.fromObjectId ?? event.primaryObjectId;
  return `${portalId}:${subscriptionId ?? '-'}:${id ?? '-'}:${propertyName ?? '-'}:${occurredAt}`;
};

const isOwnWrite = (event: HubSpotEvent, appId: string | undefined): boolean =>
  appId !== undefined && event.changeSource === 'INTEGRATION' && String(event.sourceId ?? '') === appId;

/** Sources of a change behind which no person stands at that moment: a workflow, another integration. */
const MACHINES: ReadonlySet<string> = new Set(['AUTOMATION_PLATFORM', 'WORKFLOWS', 'INTEGRATION', 'API', 'CALCULATED']);
const isByMachine = ({ changeSource }: HubSpotEvent): boolean => MACHINES.has(changeSource?.toUpperCase() ?? '');
