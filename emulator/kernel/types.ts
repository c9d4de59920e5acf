/**
 * The emulator's own vocabulary and the seams between its parts. docs/emulator-internals.md draws the picture.
 *
 * - account:   the NetSuite account as one object on the main thread; every rule about shared state runs here.
 * - execution: one invocation of one script entry point (or of a user's save), with user, role, units, clock and log.
 * - host:      a worker thread that runs one execution at a time, plus the User Events its saves fire.
 * - guest:     the code inside a script's VM context: the script itself and our N/* modules. It knows nothing of Node.
 * - syscall:   one blocking call from guest to account; the only way anything shared is read or changed.
 */
import type { Faults, Ledgers } from './plug-types';
import type { RecordData, Registry, Store } from './record-types';

export type * from './plug-types';
export type * from './record-types';

export interface User {
  entity: number;
  role: number;
}

/** One invocation as the account sees it. */
export interface Execution {
  id: string;
  scriptId: string | null;
  deploymentId: string | null;
  /** `restlet`, `userevent`, `mapreduce`, `scheduled`, `suitelet`, `massupdate`, `workflowaction`, `ui`. */
  type: string;
  stage?: string;
  key?: string;
  user: User;
  /** runtime.executionContext: what started it (`RESTLET`, `USERINTERFACE`, `USEREVENT`, `MAPREDUCE`, …). */
  context: string;
  unitsUsed: number;
  unitsLimit: number;
  unitsByApi: Record<string, number>;
  /** Virtual time: account clock at the start plus what the API calls of this execution have cost. */
  startedAt: number;
  virtualMs: number;
  virtualMsLimit: number;
  /** Set when a limit ended it: every later call ends it again. */
  dead?: ScriptFault;
  /** The saving execution, for a User Event. */
  parent?: Execution;
  /** How many scripts called one another by HTTP before it. */
  depth?: number;
  logs: { level: string; title: string; details: string }[];
  recordsTouched: number;
  /** Called once when it is over. */
  whenOver?: (() => void)[];
}

/** What a script gets to see as an error. `fatal` ends the execution and no script code can swallow it. */
export interface ScriptFault {
  name: string;
  message: string;
  fatal?: boolean;
  /** For errors that passed through a User Event, a workflow …: shows in `cause`. */
  details?: Record<string, unknown>;
}

/** Thrown on the account side; reaches the guest as a SuiteScriptError of that name. */
export class FaultError extends Error {
  override readonly name = 'FaultError' as const;
  readonly fault: ScriptFault;
  constructor(fault: ScriptFault) {
    super(`${fault.name}: ${fault.message}`);
    this.fault = fault;
  }
}

/** Shorthand: `throw fault('RCRD_DSNT_EXIST', 'That record does not exist.')`. */
export const fault = (name: string, message: string): FaultError => new FaultError({ name, message });

/** Arguments and results of a syscall are JSON values. */
export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

/**
 * A handler may be asynchronous (https, a real latency, a held call): the host's thread sleeps meanwhile, the account does not.
 * It charges units itself, before the work: `account.charge(execution, 'record.load', 'customer')`.
 */
export type SyscallHandler = (account: Account, execution: Execution, args: never) => unknown;
export type SyscallTable = Record<string, SyscallHandler>;

export interface Clock {
  /** Virtual now, in ms since the epoch. */
  now(): number;
  set(ms: number): void;
  advance(ms: number): void;
  /** Calls back when virtual time reaches `atMs`; answers a function that cancels. */
  at(atMs: number, call: () => void): () => void;
}

/** A row is admitted whose field holds one of the values, or nothing where unassigned rows are. */
export interface RowRule {
  field: string;
  allowed: string[];
  unassigned: boolean;
  /** What restricts: the owner of custom records, the role's subsidiaries, or its other restrictions. */
  by: 'owner' | 'subsidiary' | 'role';
}

/** Role permissions. Implemented in permissions/. Throws INSUFFICIENT_PERMISSION where the execution's role lacks the level. */
export interface Permissions {
  requireRecord(execution: Execution, type: string, level: 'view' | 'create' | 'edit' | 'full'): void;
  /** What the role's restrictions demand of each row of the type that the user views (or edits and deletes); empty: nothing. */
  rowRules(user: User, type: string, use: 'view' | 'edit'): RowRule[];
  /** Throws for a row that such a restriction keeps from the user. */
  requireRow(execution: Execution, record: Pick<RecordData, 'type' | 'fields'>, use: 'view' | 'edit'): void;
  /** A named permission such as `ADMI_SUITESCRIPT`, `LIST_FIND`. */
  requirePermission(execution: Execution, permission: string, level?: 'view' | 'create' | 'edit' | 'full'): void;
  /** 0 none … 4 full. */
  level(user: User, permission: string): number;
}

export interface Account {
  readonly id: string;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly store: Store;
  readonly registry: Registry;
  readonly permissions: Permissions;
  readonly scripts: Scripts;
  readonly faults: Faults;
  readonly ledgers: Ledgers;
  /**
   * Bills `api` (`record.save`, `search.lookupFields`, …) by the governance table and charges its virtual milliseconds.
   * Throws a fatal FaultError when the units or the time of the execution are used up: the operation must not have begun.
   */
  charge(execution: Execution, api: string, recordType?: string): void;
  log(execution: Execution, level: string, title: string, details: string): void;
  /** Registered feature on? (`SUBSIDIARIES`, `MULTICURRENCY`, …) */
  feature(id: string): boolean;
  /** Runs a script entry point or a save in a host; see kernel/run.ts. */
  run(request: RunRequest): Promise<RunResult>;
  /** Every record write passes here once committed: the ledger, lastmodified bookkeeping of other parts. */
  noteWrite(entry: WriteEntry): void;
  /** Other parts keep their shared state here, under a key of their own. */
  readonly parts: Map<string, unknown>;
}

export type ScriptType =
  'restlet' | 'userevent' | 'mapreduce' | 'scheduled' | 'suitelet' | 'massupdate' | 'workflowaction';

/** One deployment of a script, with what of the script it needs to run. */
export interface Deployment {
  /** `customscript_x`, `customdeploy_x`, lower case. */
  scriptId: string;
  deploymentId: string;
  scriptInternalId: string;
  deploymentInternalId: string;
  type: ScriptType;
  name: string;
  title: string;
  /** File Cabinet path of the entry file: `/SuiteScripts/a/b.js`. */
  path: string;
  apiVersion: '2.0' | '2.1';
  status: 'RELEASED' | 'TESTING' | 'SCHEDULED' | 'NOTSCHEDULED';
  /** False when the deployment is undeployed or the script inactive: it then can't run. */
  deployed: boolean;
  logLevel: 'DEBUG' | 'AUDIT' | 'ERROR' | 'EMERGENCY';
  /** Values in force: the script's defaults under the deployment's. */
  parameters: Record<string, Json>;
  /** Roles that may run it (RESTlets, Suitelets); null or absent admits all, an administrator always may. */
  audienceRoles?: number[] | null;
  /** Execute as Role; null runs as the current role. */
  runAsRole: number | null;
  /** User Events: the record type, or `null` for all records. */
  recordType: string | null;
  /** Context filtering: null lets every event type (`create`) or execution context (`RESTLET`) through. */
  eventTypes: string[] | null;
  executionContexts: string[] | null;
}

export interface ScriptFile {
  path: string;
  hash: string;
  source: string;
}

/** Scripts, deployments and their files. Implemented in scripts/. */
export interface Scripts {
  /** By script ids or internal ids, case-insensitive. */
  find(script: string, deployment: string): Deployment | undefined;
  /** Deployed User Events of a type, in the order of the Scripted Records page. */
  userEvents(recordType: string): Deployment[];
  /** A File Cabinet file by its exact path (`/SuiteScripts/a/b.js`). */
  file(path: string): ScriptFile | undefined;
  /** Grows with every change of a file or script: hosts drop what they have resolved. */
  readonly epoch: number;
}

export interface WriteEntry {
  op: 'create' | 'update' | 'delete';
  type: string;
  id: string;
  scriptId: string | null;
  executionId: string | null;
  api: string;
  context: string;
}

export interface RunRequest {
  scriptId: string | null;
  deploymentId: string | null;
  type: string;
  /** Entry point (`post`, `map`, `execute`, …), or for `ui` the operation. */
  entry: string;
  /** Context object handed to the entry point, in a form that its script type's guest adapter understands. */
  input: unknown;
  user: User;
  context: string;
  unitsLimit: number;
  virtualMsLimit: number;
  stage?: string;
  key?: string;
  /** Script parameters that override the deployment's for this run. */
  params?: Record<string, Json>;
  /** How many scripts called one another by HTTP before this one. */
  depth?: number;
}

export interface RunResult {
  execution: Execution;
  /** What the entry point returned (guest adapters turn it into JSON), or what it wrote. */
  output?: unknown;
  error?: ScriptFault & { stack?: string[]; json?: string };
}

/** The configuration file of design "stable interfaces": every key can also be posted to `settings`. */
export interface Settings {
  accountId: string;
  tier: 'standard' | 'premium' | 'enterprise' | 'ultimate' | 'development';
  suiteCloudPlus: number;
  features: Record<string, boolean>;
  settings: Record<string, unknown>;
  integrations: { name: string; concurrencyLimit?: number }[];
  employees: { name: string; email: string; role: string | number }[];
  secrets: Record<string, string>;
  hosts: Record<string, string>;
  data: string | null;
  seed?: string;
  governanceProfile: 'documented' | 'observed';
  unknownCustomFields: 'reject' | 'accept';
  dateFormat: string;
  timeZone: string;
  apiMs: Record<string, number>;
  [key: string]: unknown;
}
