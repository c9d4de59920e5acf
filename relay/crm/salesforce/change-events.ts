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
});
const eventSchema = z.looseObject({ payload: z.looseObject({ ChangeEventHeader: headerSchema }) });

export interface ChangedObject {
  object: string;
  changes: CrmChange[];
}

/** Our own writes name the client that made them, whatever else stands in the origin. */
const isOwn = (origin: string): boolean => origin.split(/[;,]/).some((part) => part.trim() === `client=${CLIENT_NAME}`);

/**
 * What a change event says. Only which records changed is taken from it, also from a gap event, whose values are unknown: records are
 * read anew. Null for own writes, for events of another form, and where it names no single record (overflow, `001*`): the poll by
 * `SystemModstamp` finds those.
 */
export function readChangeEvent(event: unknown): ChangedObject | null {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return null;
  const { entityName, recordIds, changeType, changeOrigin, commitTimestamp } = parsed.data.payload.ChangeEventHeader;
  if (isOwn(changeOrigin)) return null;
  const at = new Date(commitTimestamp).toISOString();
  const deleted = changeType === 'DELETE' || changeType === 'GAP_DELETE';
  const ids = recordIds.filter((id) => /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(id));
  return ids.length === 0 ? null : { object: entityName, changes: ids.map((id) => ({ id, at, deleted })) };
}
