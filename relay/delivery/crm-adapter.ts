import type { ErrorClass } from '../../contract';

/** What the relay asks of a CRM. One implementation per kind of CRM; the relay queues, limits, retries and records around it. */
export interface CrmAdapter {
  /** The CRM's name in the configuration. */
  readonly name: string;
  readonly kind: 'salesforce' | 'hubspot' | 'rest' | 'webhook';

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

  /**
   * Records whose `field` has one of these values, with `fields`; keyed by the value in lower case. `field` may be the id, an external
   * id or unique property, or several fields joined by `+` with values joined by `|`. What does not exist is missing.
   */
  findRecords?(
    object: string,
    field: string,
    values: readonly string[],
    fields: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, FoundRecord[]>>;

  /**
   * Records whose `field`, which need not be unique, has one of these values, keyed like `findRecords`: what might be the record that is
   * about to be created. An index that lags behind may miss the newest ones.
   */
  searchRecords?(
    object: string,
    field: string,
    values: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, FoundRecord[]>>;

  /** What a thrown fault means. The class alone decides what happens next. */
  classifyError(error: unknown): CrmFault;

  /** What changed since a moment (ISO 8601), oldest first, page by page; deletions too where the CRM tells them. */
  readChanges?(object: string, since: string, signal: AbortSignal): AsyncIterable<readonly CrmChange[]>;

  /** Content of a file, by the id that its flow names under `file.content`. Throws when it has more than `most` bytes. */
  readFile?(id: string, most: number, signal: AbortSignal): Promise<Buffer>;

  /**
   * Follows what changes as it happens, until the signal ends: `take` gets the changes and the number to go on from, `position` is asked
   * for that number at the start. Own writes are left out.
   */
  streamChanges?(
    position: () => Promise<number | null>,
    take: (changed: readonly { object: string; changes: readonly CrmChange[] }[], replayId: number) => Promise<void>,
    signal: AbortSignal,
    onTrouble: (error: unknown) => void,
  ): Promise<void>;

  /** Every record of an object as `readRecords` gives it, page by page: for initial loads. */
  readAll?(object: string, signal: AbortSignal): AsyncIterable<readonly { id: string; record: unknown }[]>;

  /** Looks whether sign-in, limits, objects and fields are as the flows need them, and whether it is the CRM that is meant. */
  inspect?(wanted: readonly WantedObject[], signal: AbortSignal, expected?: ExpectedCrm): Promise<CrmFinding[]>;

  /** Signs in, so that what signs it in does not end for want of use; absent where nothing can. Called once a day. */
  readonly keepAlive?: ((signal: AbortSignal) => Promise<void>) | undefined;

  /** Calls that a write of so many records takes at most one after another: what its lease must last. */
  callsFor?(records: number): number;
}

export interface CrmChange {
  id: string;
  /** When it changed, ISO 8601. */
  at: string;
  deleted: boolean;
  /** Id of the record it was merged into. */
  mergedInto?: string;
  /** We made the change ourselves. */
  own?: boolean;
  /** An integration or a process made it, not a person. */
  byMachine?: boolean;
  /** Names of the changed fields, where the CRM says them. */
  fields?: readonly string[];
}

/** What the flows of the configuration read from and write to an object. */
export interface WantedObject {
  object: string;
  /** Paths that are read; of a list, the first that is present counts. */
  reads: readonly (readonly string[])[];
  /** Fields that are written, and those among them by which records are found and must be unique. */
  writes: ReadonlySet<string>;
  keys: ReadonlySet<string>;
}

/** What the rest of the configuration takes the CRM to be. */
export interface ExpectedCrm {
  environment: 'development' | 'sandbox' | 'production';
  /** Organisations or portals from which calls are taken; any when empty. */
  tenants: readonly string[];
  /** App whose writes count as our own. */
  appId?: string | undefined;
  /** Calls a second that the relay allows itself. */
  perSecond: number;
}

export interface CrmFinding {
  level: 'ok' | 'warn' | 'bad';
  subject: string;
  message: string;
  remedy?: string;
}

export interface FoundRecord {
  id: string;
  fields: Readonly<Record<string, unknown>>;
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
  /** A record that the CRM lacks is created; otherwise it is left out with a fault. */
  create?: boolean;
  /** Tried one after another when `match` finds nothing. */
  alternatives?: readonly { field: string; value: string }[];
  /** A record that has one of these values may be the same one: then none is created, and a person decides. */
  candidates?: readonly { field: string; value: string }[];
  /** Fields that get the id of the one active record that is named by a value of its own, when the record is created. */
  lookups?: readonly { to: string; object: string; by: string; value: string }[];
  /** Sent only when the record is created: what a CRM refuses to change later. */
  onCreate?: Readonly<Record<string, unknown>>;
  /** Records to associate it with after the write, by their ids. */
  associate?: readonly { object: string; crmId: string }[];
  /** Fields that get an option for a value they do not offer yet. */
  createOptions?: readonly string[];
  /** Fields to read back after the write. */
  verify?: readonly string[];
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
  /** The CRM did not accept who calls: nothing of the record was looked at, and none can be written until that is put right. */
  refusedCaller?: true;
  /** The CRM still works on it: tried again without counting an attempt. */
  pending?: true;
}

/** Makes the adapter of a configured CRM; given by the CRM folders. */
export type CrmAdapterFactory<Config> = (config: Config) => CrmAdapter;
