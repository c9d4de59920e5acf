import type { OperationState, StoredOperation } from '../store/types';

/** What a CRM record says about its own way to NetSuite. */
export interface SyncStatus {
  status: 'Synced' | 'Needs review' | 'Failed';
  error: string | null;
  internalId: string | null;
}

/** Longest text of an error, in characters: what the CRMs' fields hold. */
const LONGEST = 2_000;

/** Null while an operation is still on its way, or was replaced by a newer one: that one will tell. */
export function statusOf(operation: Pick<StoredOperation, 'state' | 'error' | 'internalId'>): SyncStatus | null {
  const named = STATUS[operation.state];
  if (named === undefined) return null;
  const { error, internalId } = operation;
  const reason = error === null ? null : [error.message, error.action].filter(Boolean).join(' ');
  return {
    status: named,
    error: named === 'Synced' ? null : (reason ?? 'No reason was given.').slice(0, LONGEST),
    internalId,
  };
}

const STATUS: Readonly<Partial<Record<OperationState, SyncStatus['status']>>> = {
  done: 'Synced',
  review: 'Needs review',
  dead: 'Failed',
};

/** Names of the fields, as the packages for the CRMs make them. */
const FIELDS = {
  salesforce: {
    internalId: 'NetSuite_Internal_ID__c',
    status: 'NetSuite_Sync_Status__c',
    error: 'NetSuite_Sync_Error__c',
    at: 'NetSuite_Last_Sync__c',
  },
  hubspot: {
    internalId: 'netsuite_internal_id',
    status: 'netsuite_sync_status',
    error: 'netsuite_sync_error',
    at: 'netsuite_last_sync',
  },
} as const;

/** Objects whose records have none of the fields: a line, a request, a note. */
const WITHOUT_STATUS: ReadonlySet<string> = new Set([
  'NetSuite_Credit_Request__c',
  'AccountContactRelation',
  'ContentDocument',
  'ContentNote',
  'notes',
  'files',
]);

/** Whether records of an object say what became of them. */
export const tellsStatus = (object: string): boolean => !WITHOUT_STATUS.has(object);

/** Fields that are written on each record which goes to NetSuite; none in a CRM of another kind. */
export const statusFieldsOf = (kind: string): readonly string[] =>
  kind === 'salesforce' || kind === 'hubspot' ? Object.values(FIELDS[kind]) : [];

/** A failure before the record exists in NetSuite leaves its id alone. */
export function statusFields(
  kind: keyof typeof FIELDS,
  { status, error, internalId }: SyncStatus,
  at: string,
): Record<string, unknown> {
  const names = FIELDS[kind];
  return {
    [names.status]: status,
    [names.error]: error,
    [names.at]: at,
    ...(internalId === null ? {} : { [names.internalId]: internalId }),
  };
}
