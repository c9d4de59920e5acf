import type { Logger } from 'pino';
import type { ChangeEvent, RequestAnswer } from '../../contract';
import type { FlowSet } from '../../flows';
import type { Flow, MapOutcome } from '../../flows/types';
import type { RelayConfig } from '../config/schema';
import type { SourceConfig } from '../config/schema-sources';
import type { CustomerContext } from '../context/find-context';
import type { ReconcileRun } from '../reconcile/last-run';
import type { ApiKeys } from '../security/verify-api-key';
import type { JwtIssuers } from '../security/verify-jwt';
import type { Forgotten, Store } from '../store/types';
import type { Tracer } from '../telemetry/span';
import type { FlowActivity } from '../watch/flow-activity';
import type { RelayMetrics } from './metrics';
import type { RateLimiter } from './rate-limit';
import type { Settlements } from './settlements';

/** The record of a CRM that an external id speaks of. */
export interface KeySource {
  /** Name or kind of the CRM, as its flows give it. */
  crm: string;
  object: string;
  crmId: string;
  /** External id of another record of the same object. */
  keyOf: (crmId: string) => string;
}

/** How records of a CRM become operations. */
export interface Mapper {
  /** Enabled flows towards NetSuite that take this object of this source. */
  flowsFor(source: SourceConfig, object: string): readonly Flow[];
  /** Enabled flows that give records of this object what NetSuite knows of their customer. */
  contextFlowsFor(source: SourceConfig, object: string): readonly Flow[];
  map(flow: Flow, record: unknown, account: string): MapOutcome;
  /** Which record of a CRM an external id speaks of; null when no enabled flow gives such ids. */
  sourceOfKey(account: string, recordType: string, externalId: string): KeySource | null;
  /** Longest wait for required records, in ms. */
  readonly requiresMs: number;
}

export interface EventsTaken {
  /** Events that were new. */
  accepted: number;
  /** Events taken before; answered alike. */
  duplicates: number;
}

/** Where change events of NetSuite go, pushed or pulled. Resolves when they are durable. */
export interface EventSink {
  take(
    account: string,
    events: readonly ChangeEvent[],
    more?: { cursors?: Readonly<Record<string, string>> },
  ): Promise<EventsTaken>;
  /** Sees to it that the account's failure records tell what became of their operations; returns at once. */
  answer(account: string, answers: readonly RequestAnswer[]): void;
}

/** What a reading on command found. */
export interface PullSummary {
  /** Pages that were read, with rows seen and writes that follow. */
  pages: { page: string; rows: number; writes: number; unchanged: number }[];
}

/** What changes with a reload of the configuration. */
export interface Settings {
  config: RelayConfig;
  apiKeys: ApiKeys;
  jwtIssuers: JwtIssuers;
  rateLimiter: RateLimiter;
}

/** What the routes work with. */
export interface RelayServices {
  settings: () => Settings;
  store: Store;
  mapper: Mapper;
  events: EventSink;
  settlements: Settlements;
  metrics: RelayMetrics;
  /** When each flow last had something to carry. */
  activity: FlowActivity;
  /** Takes spans, where they are exported. */
  tracer?: Tracer | undefined;
  log: Logger;
  now: () => number;
  /** Public address of the relay, without a slash at its end. */
  publicUrl: () => string;
  /** Set while the relay stops: nothing new is accepted. */
  stopping: () => boolean;
  /** Whether calls to NetSuite go out; for /readyz. */
  dispatching: () => boolean;
  /** Accounts that are sent nothing because of whose the credentials are; for /readyz and alerts. */
  refusedAccounts: () => readonly { account: string; message: string; remedy: string }[];
  /** Reads now what a flow, or all of them, mirror; null for an unknown account. */
  pull: (account: string, flow: string | null) => Promise<PullSummary | null>;
  /** What NetSuite knows of a customer; throws when it can't be asked. */
  findContext: (account: string, externalId: string) => Promise<CustomerContext>;
  /** The flows of an account, in both directions. */
  flowsOf: (account: string) => FlowSet;
  /** Drops what an account is known to hold; null for an unknown account. */
  forget: (account: string) => Promise<Forgotten | null>;
  /** Compares both sides of a flow, or of all of them; null for an unknown account, or a flow that is not in force. */
  reconcile: (account: string, flow: string | null, repair: boolean) => Promise<ReconcileRun | null>;
}
