/** Last parts of an event type that say what happened, not to what. */
const VERBS =
  /^(v\d+|created?|updated?|changed?|upserted|upsert|saved|delete[sd]?|deletion|removed?|modified|closed|won|creation|propertyChange)$/i;

/** `account.deleted`, `com.acme.account.removed.v1`: its data is what the record was. */
export const isDeletion = (type: string): boolean => /[./](delete[sd]?|deletion|removed?)([./]v\d+)?$/i.test(type);

/** The object in an event's type: `com.acme.crm.account.updated.v1` and `account.updated` both speak of `account`. */
export function objectOfType(type: string): string {
  const parts = type.split(/[./]/).filter((part) => part !== '');
  while (parts.length > 1 && VERBS.test(parts.at(-1) ?? '')) parts.pop();
  return parts.at(-1) ?? type;
}
