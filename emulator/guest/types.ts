/**
 * What code inside a script's realm builds on. Nothing here knows of Node: the only way out is `Guest.syscall`.
 * A module (`modules/x.ts`) and an adapter (`adapters/x.ts`) each get the `Guest` of the execution they run in.
 */
export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What the account tells a script about itself when it starts; the source of most of N/runtime. */
export interface ExecutionInfo {
  executionId: string;
  scriptId: string | null;
  deploymentId: string | null;
  scriptInternalId: string | null;
  deploymentInternalId: string | null;
  scriptType: string;
  entry: string;
  apiVersion: '2.0' | '2.1';
  logLevel: string;
  parameters: JsonObject;
  user: { entity: number; role: number };
  executionContext: string;
  accountId: string;
  settings: { dateFormat: string; timeZone: string; decimals?: string };
}

export interface Guest {
  readonly info: ExecutionInfo;
  /** Of the entry file: `/SuiteScripts/a/b.js`. */
  readonly path: string;
  /** One blocking call to the account. Throws a SuiteScriptError when the account answers a fault. */
  syscall<T = Json>(name: string, args?: object): T;
  /** Units this execution still has; exact at any moment. */
  remainingUsage(): number;
  /** Virtual now of this execution, in ms since the epoch: what `Date.now()` answers. */
  now(): number;
  /** Another built-in module, made at its first use: `guest.module('N/error')`. Throws MODULE_DOES_NOT_EXIST. */
  module<T = Record<string, unknown>>(id: string): T;
  /** Loads a script file as `require` would from the entry file. */
  load(path: string): unknown;
  /** Things that modules offer each other and the adapters without scripts seeing them. */
  readonly bridges: Bridges;
}

/** A module fills in its bridge when it is made; whoever needs it calls `guest.module('N/record')` first. */
export interface Bridges {
  record?: RecordBridge;
  [name: string]: unknown;
}

/** Filled in by N/record: record data ↔ the objects a User Event gets in its context. */
export interface RecordBridge {
  /** `readOnly`: every setter throws. `partial`: an xedit record, which knows its changed fields only. */
  wrap(data: JsonObject, mode: { readOnly: boolean; partial?: boolean }): object;
  unwrap(record: object): JsonObject;
  /** The read-only record that a syscall answers, with the label of its type. */
  open(syscall: string, args: object): { record: object; label: string };
}

export type ModuleFactory = (guest: Guest) => object;

/** How a script type calls an entry point: makes its context object from `input`, answers what goes back to the account. */
export type Adapter = (call: EntryCall, guest: Guest) => unknown;

export interface EntryCall {
  /** The object the script file returned. */
  script: Record<string, (...args: unknown[]) => unknown>;
  entry: string;
  input: Json;
}
