import type { ErrorClass } from '../../contract';

/** What the relay asks of a CRM. One implementation per kind of CRM; the relay queues, limits, retries and records around it. */
export interface CrmAdapter {
  /** The CRM's name in the configuration. */
  readonly name: string;
  readonly kind: 'salesforce' | 'hubspot' | 'webhook';

  /**
   * Reads records as the CRM's REST API returns them, with what the flows need (lines, associations). Ids that do not exist, or are
   * deleted, are missing from the answer. Throws what `classifyError` understands.
   */
  readRecords(object: string, ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, unknown>>;

  /**
   * Writes a batch of one object; one outcome per item, in order. A fault of the call as a whole is thrown. `requestId` is the same
   * when a batch is repeated unchanged, for targets that can recognise it.
   */
  writeBatch(batch: CrmBatch, signal: AbortSignal): Promise<readonly CrmWriteOutcome[]>;

  /** What a thrown fault means. The class alone decides what happens next. */
  classifyError(error: unknown): CrmFault;
}

export interface CrmBatch {
  /** The CRM's name of the object; all items are of it. */
  object: string;
  requestId: string;
  items: readonly CrmWrite[];
}

/** One record to write to the CRM. */
export interface CrmWrite {
  operationId: string;
  /** Id of the record in the CRM, where it is known. */
  crmId: string | null;
  /** Field and value by which the CRM finds the record, where no id is known. */
  match: { field: string; value: string } | null;
  fields: Readonly<Record<string, unknown>>;
  /** What NetSuite reported, for targets that take events as they are. */
  event?: unknown;
  traceparent?: string;
}

export type CrmWriteOutcome =
  { ok: true; crmId: string | null; status: 'created' | 'updated' | 'unchanged' } | { ok: false; fault: CrmFault };

export interface CrmFault {
  class: ErrorClass;
  /** The CRM's own code, such as UNABLE_TO_LOCK_ROW. */
  code: string;
  message: string;
  field?: string;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** Not before so many ms. */
  retryAfterMs?: number;
}

/** Makes the adapter of a configured CRM; given by the CRM folders. */
export type CrmAdapterFactory<Config> = (config: Config) => CrmAdapter;
