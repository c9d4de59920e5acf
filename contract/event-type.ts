export const CHANGE_KINDS = ['created', 'updated', 'deleted'] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** `type` of a change event. */
export const eventType = (recordType: string, kind: ChangeKind): string => `com.netsuite.${recordType}.${kind}.v1`;
