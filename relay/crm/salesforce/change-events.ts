import * as z from 'zod';
import type { CrmChange } from '../../delivery/crm-adapter';
import { CLIENT_NAME } from './salesforce-client';

/** The head of a change event (Change Data Capture Developer Guide, "Change Event Header Fields"). */
const headerSchema = z.looseObject({
  entityName: z.string(),
  recordIds: z.array(z.string()),
  changeType: z.string(),
  changeOrigin: z.string().default(''),
  commitTimestamp: z.number(),
  commitUser: z.string().optional(),
  changedFields: z.array(z.string()).default([]),
});
const eventSchema = z.looseObject({ payload: z.looseObject({ ChangeEventHeader: headerSchema }) });

export interface ChangedObject {
  object: string;
  changes: CrmChange[];
}

/** Our own writes name the client that made them, whatever else stands in the origin. */
const isOwn = (origin: string): boolean => origin.split(/[;,]/).some((part) => part.trim() === `client=${CLIENT_NAME}`);

/**
 * `com/salesforce/api/…` for what comes over an interface, `com/salesforce/core` for people and for what runs in the org. What runs there
 * because of a write, at once or later, runs as the user who wrote: a change by our user that is not our write answers to one.
 */
const isByMachine = (origin: string, user: string | undefined, ownUser: string | null): boolean =>
  origin.startsWith('com/salesforce/api') || (ownUser !== null && user === ownUser);

/**
 * What a change event says. Only which records changed is taken from it, also from a gap event, whose values are unknown: records are
 * read anew. Null for events of another form, and where it names no single record (overflow, `001*`): the poll by `SystemModstamp` finds
 * those.
 */
export function readChangeEvent(event: unknown, ownUser: string | null = null): ChangedObject | null {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return null;
  const { entityName, recordIds, changeType, changeOrigin, commitTimestamp, commitUser, changedFields } =
    parsed.data.payload.ChangeEventHeader;
  const own = isOwn(changeOrigin);
  const who = { own, byMachine: isByMachine(changeOrigin, commitUser, ownUser), fields: changedFields };
  const at = new Date(commitTimestamp).toISOString();
  const deleted = changeType === 'DELETE' || changeType === 'GAP_DELETE';
  const ids = recordIds.filter((id) => /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(id));
  return ids.length === 0 ? null : { object: entityName, changes: ids.map((id) => ({ id, at, deleted, ...who })) };
}
