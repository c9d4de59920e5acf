/** What a part of the emulator may plug into the account, and what it is handed for that. */
import type { Account, Execution, Json, SyscallTable, User } from './types';
import type { Fields, RecordData } from './record-types';

export interface FaultMatch {
  scriptId?: string;
  deploymentId?: string;
  api?: string;
  nth?: number;
  recordType?: string;
  recordId?: string;
  stage?: string;
}

/** A fault set by the control API. Fields beyond `seed` belong to some kinds only. */
export interface FaultSpec {
  kind: string;
  match?: FaultMatch;
  times?: number;
  probability?: number;
  seed?: number;
  /** `failApi`, `recordLocked`: name and message of the error; `status`: the HTTP status. */
  code?: string | number;
  message?: string;
  body?: unknown;
  ms?: number;
  perRecordMs?: number;
  /** Latency in real time instead of virtual. */
  real?: boolean;
  slots?: number;
  units?: number;
  language?: string;
  field?: string;
  fields?: Fields;
  afterInvocations?: number;
  stage?: string;
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
