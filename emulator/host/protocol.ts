/** What travels between the account's thread and a host thread. */

/** What a host needs to start one execution. `info` goes to the guest as it is. */
export interface Launch {
  executionId: string;
  /** Entry file; empty for a browser's save, which has no script of its own. */
  path: string;
  /** Files, scripts and record types as of this mark: what a host has kept holds while it stays. */
  epoch: string;
  /** Virtual start time, in ms since the epoch. */
  now: number;
  unitsLeft: number;
  /** Settings of an `@NAmdConfig` file, for the loader. */
  amd?: object;
  info: { scriptType: string; entry: string; scriptId: string | null; [key: string]: unknown };
}

export interface ThrownError {
  name: string;
  message: string;
  stack?: string[];
  json?: string;
  native?: boolean;
  fatal?: boolean;
}

export interface Outcome {
  output?: unknown;
  error?: ThrownError;
  /** Functions of the object that the script file returned. */
  entryPoints?: string[];
  /** True when the wanted entry point is not among them. */
  missing?: boolean;
}

/** Account to host. A reply answers the one call that the host waits for. */
export type ToHost = { run: Launch; input: unknown } | Reply;

export interface Reply {
  /** JSON text: `{"ok":…}` or `{"fault":{…}}`. */
  text: string;
  /** Records of a save, as JSON texts that the host hands on to User Events. */
  records?: Record<string, string>;
  unitsLeft: number;
  virtualMs: number;
  dead: boolean;
}

/** A call whose answer is known and that nobody waits for. */
export interface Note {
  note: string;
  executionId: string;
  args: string;
}

/** Host to account. Notes travel with the next message and are taken before it. */
export type FromHost =
  | { call: string; executionId: string; args: string; notes?: Note[] }
  | { done: Outcome; notes?: Note[] }
  | { online: true };

export interface HostData {
  /** One Int32: grows with every message to the host, which sleeps on it. */
  signal: SharedArrayBuffer;
  guestFile: string;
}
