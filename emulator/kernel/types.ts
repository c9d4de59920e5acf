/**
 * The emulator's own vocabulary and the seams between its parts. docs/emulator-internals.md draws the picture.
 *
 * - account:   the NetSuite account as one object on the main thread; every rule about shared state runs here.
 * - execution: one invocation of one script entry point (or of a user's save), with user, role, units, clock and log.
 * - host:      a worker thread that runs one execution at a time, plus the User Events its saves fire.
 * - guest:     the code inside a script's VM context: the script itself and our N/* modules. It knows nothing of Node.
 * - syscall:   one blocking call from guest to account; the only way anything shared is read or changed.
 */

/** A stored value: select = id as text, multiselect = ids, checkbox = boolean, date = `YYYY-MM-DD`, date-time = ISO 8601 UTC. */
export type Value = string | number | boolean | string[] | null;
export type Fields = Record<string, Value>;

/** One line of a sublist. `line` and `lineuniquekey` are fields of it; a subrecord of a line stands under its field id. */
export interface LineData {
  fields: Fields;
  subrecords?: Record<string, SubrecordData>;
}

export interface SubrecordData {
  fields: Fields;
}

/** A record as it is stored, and as it travels between account, host and guest. Empty fields may be absent or null. */
export interface RecordData {
  type: string;
  /** Internal id as text; null until the first save. */
  id: string | null;
  externalId: string | null;
  /** Grows with every write and with nothing else; 0 before the first save. */
  version: number;
  fields: Fields;
  sublists: Record<string, LineData[]>;
  subrecords: Record<string, SubrecordData>;
}

/** Billing class of Oracle's governance table (page section_157072844224). */
export type GovernanceClass = 'transaction' | 'custom' | 'other';

export type FieldType =
  | 'text'
  | 'textarea'
  | 'clobtext'
  | 'richtext'
  | 'email'
  | 'phone'
  | 'url'
  | 'password'
  | 'inlinehtml'
  | 'help'
  | 'identifier'
  | 'integer'
  | 'float'
  | 'posinteger'
  | 'posfloat'
  | 'currency'
  | 'poscurrency'
  | 'percent'
  | 'rate'
  | 'checkbox'
  | 'date'
  | 'datetime'
  | 'datetimetz'
  | 'timeofday'
  | 'select'
  | 'multiselect'
  | 'image'
  | 'document'
  | 'summary';

export interface FieldMeta {
  id: string;
  label: string;
  type: FieldType;
  /** Record type (or list) a select points to: `customer`, `item`, `customlist_x`, … */
  selectType?: string;
  required?: boolean;
  /** A checkbox that scripts read and write as `T` or `F` (radio buttons on the form), such as `isperson`. */
  radio?: boolean;
  /** May be set by submitFields without a hidden load and save (nlapiSubmitField in Oracle's records.json). */
  inlineEditable?: boolean;
  readOnly?: boolean;
  maxLength?: number;
  /** False for fields that are never stored (SDF storevalue F). */
  stored?: boolean;
  custom?: boolean;
  defaultValue?: Value;
}

export interface SublistMeta {
  id: string;
  fields: Record<string, FieldMeta>;
}

export interface TypeMeta {
  /** SuiteScript record type id: `customer`, `salesorder`, `customrecord_x`. */
  id: string;
  label: string;
  class: GovernanceClass;
  /** Records of a group share internal ids and external ids: `entity`, `transaction`, `item`, `event`; otherwise the type itself. */
  group: string;
  fields: Record<string, FieldMeta>;
  sublists: Record<string, SublistMeta>;
  /** Body subrecords by field id, and line subrecords as `sublist.field`; the value is the subrecord's type (`address`). */
  subrecords: Record<string, string>;
  transforms: string[];
  scripting: { create: boolean; copy: boolean; delete: boolean; edit: boolean };
  nameField: string;
}

/** Which record types and fields exist: Oracle's, plus the account's own custom ones. Implemented in records/registry.ts. */
export interface Registry {
  /** The type's metadata, or undefined when no such type exists. Case-insensitive. */
  type(id: string): TypeMeta | undefined;
  types(): TypeMeta[];
  addType(meta: TypeMeta): void;
  addField(typeIds: string[], field: FieldMeta, sublist?: string): void;
  /** Values of a custom list as records of its own type exist too; this registers the type. */
  addList(id: string, label: string, values: { id: string; scriptId: string; text: string; inactive: boolean }[]): void;
}

/**
 * The account's data: SQLite (better-sqlite3), one connection, on the main thread. Implemented in store/.
 * Tables that the search engines may read directly:
 *   record(type TEXT, id INTEGER, grp TEXT, externalid TEXT, version INTEGER, data TEXT, PRIMARY KEY(type, id)) WITHOUT ROWID
 *     data = JSON {"fields":{…},"subrecords":{…}}; unique index on (grp, upper(externalid)); index on (grp, id)
 *   line(type TEXT, id INTEGER, sublist TEXT, seq INTEGER, data TEXT, PRIMARY KEY(type, id, sublist, seq)) WITHOUT ROWID
 *     data = JSON {"fields":{…,"line":1,"lineuniquekey":77},"subrecords":{…}}
 * Expression indexes over json_extract(data, '$.fields.x') are made on demand by `ensureIndex`.
 */
export interface Store {
  get(type: string, id: string): RecordData | undefined;
  /** Finds by id within the whole group: an entity id gives the customer, contact, employee … that has it. */
  getInGroup(group: string, id: string): RecordData | undefined;
  findByExternalId(group: string, externalId: string): { type: string; id: string } | undefined;
  /** Inserts or replaces, sets the next version on the given object and answers it. Uniqueness of external ids is enforced here. */
  put(record: RecordData): RecordData;
  remove(type: string, id: string): void;
  /** The next internal id of the group. Seeded explicit ids push it on. */
  nextId(group: string): string;
  /** An account-wide counter, e.g. `lineuniquekey` or a document number. */
  next(counter: string): number;
  list(type: string, options?: { limit?: number; after?: string }): RecordData[];
  ensureIndex(type: string, field: string, sublist?: string): void;
  transaction<T>(work: () => T): T;
  /** Remembers all tables of the connection and answers a function that restores them (control call `reset`). */
  snapshot(): () => void;
  close(): void;
  /** The connection, for search engines and ledgers with tables of their own. */
  readonly db: import('better-sqlite3').Database;
}

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
  logs: { level: string; title: string; details: string }[];
  recordsTouched: number;
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

/** Role permissions. Implemented in permissions/. Throws INSUFFICIENT_PERMISSION where the execution's role lacks the level. */
export interface Permissions {
  requireRecord(execution: Execution, type: string, level: 'view' | 'create' | 'edit' | 'full'): void;
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

export interface FaultMatch {
  scriptId?: string;
  deploymentId?: string;
  api?: string;
  nth?: number;
  recordType?: string;
  recordId?: string;
  stage?: string;
}

/** A fault set by the control API. Fields beyond these (`ms`, `code`, `fields`, …) belong to its kind. */
export interface FaultSpec {
  kind: string;
  match?: FaultMatch;
  times?: number;
  probability?: number;
  seed?: number;
  [key: string]: unknown;
}

export interface FaultPoint {
  execution?: Execution;
  api?: string;
  recordType?: string;
  recordId?: string;
  stage?: string;
}

export interface Faults {
  /** The fault of this kind that strikes at this point, if any; counts `nth`, `times` and `probability`. */
  strike(kind: string, point: FaultPoint): FaultSpec | undefined;
}

/** Append-only lists that the control API answers under `ledger/<name>`; cleared by a reset. */
export interface Ledgers {
  push(name: 'records' | 'tasks' | 'email' | 'files' | 'https' | 'log' | 'logins', entry: object): void;
  list(name: string): object[];
}

/** What `record.prepareSave` answers: a save that waits for its beforeSubmit scripts, then for `record.commit` or `record.abort`. */
export interface PreparedSave {
  saveId: string;
  type: string;
  /** Null for a create. */
  id: string | null;
  /** `create`, `edit`, `xedit`, `delete`, or the type that a user's action forces (`approve`, `ship`, …). */
  event: string;
  /** For `xedit` the changed fields only. */
  newRecord: RecordData;
  oldRecord: RecordData | null;
}

/** Answer of `record.commit`: `newRecord` as afterSubmit sees it. `result` goes to the caller (default: the id). */
export interface CommittedSave {
  id: string;
  newRecord: RecordData;
  result?: Json;
}

/** Answers JSON for the control API; may be asynchronous. Throws `fault(code, message)` for what becomes a 400. */
export type ControlHandler = (account: Account, args: never) => unknown;
export type ControlTable = Record<string, ControlHandler>;

/** One HTTP request and the way to answer it. */
export interface HttpExchange {
  method: string;
  url: URL;
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
  body: Buffer;
  reply(status: number, headers: Record<string, string>, body: string | Buffer): void;
  /** Closes the connection without an answer. */
  cut(): void;
}

/** What a route may ask of the account's front. */
export interface HttpFront {
  account: Account;
  /** Base URL of this emulator, without a trailing slash. */
  baseUrl: string;
  /** Who calls; throws LoginRefused (auth/refusal.ts). `scope`: `restlets`, `rest_webservices` or `suite_analytics`. */
  authenticate(exchange: HttpExchange, scope: string): User & { integration: string };
  /** A slot of the account's concurrency pool; undefined when the request must be refused. */
  admit(integration: string): { release(): void } | undefined;
}

/** Serves all requests whose path equals `path`, or starts with it when it ends in `/`. */
export interface Route {
  path: string;
  handle(exchange: HttpExchange, front: HttpFront): void | Promise<void>;
}

/** What a part of the emulator plugs into the account. Listed in kernel/parts.ts. */
export interface Part {
  name: string;
  syscalls: SyscallTable;
  /** What this part puts onto the account; runs once, in the order of kernel/parts.ts. */
  services?(account: Account): Partial<Pick<Account, 'store' | 'registry' | 'permissions' | 'scripts'>>;
  /** Runs when all services are there, before the project is deployed: default data, listeners. */
  install?(account: Account): void | Promise<void>;
  /** What this part does for the control API, by the names in docs/emulator-internals.md (`records.seed`, `scripts.run`, …). */
  control?: ControlTable;
  /** HTTP paths of the account that this part serves (Suitelets, deploys …). */
  routes?: Route[];
  /** Called once after the deploy; the answer is called by `reset` to bring that state back. The kernel restores all SQLite tables itself, before. */
  capture?(account: Account): () => void;
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
