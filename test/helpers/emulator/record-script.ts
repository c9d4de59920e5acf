/**
 * N/record as a script sees it, over a real record part and without host threads: the guest's module in this realm, its calls answered by the
 * account's handlers directly, saves as prepare + commit. For conformance tests of records; User Events have tests of their own.
 */
import { createRecordModule } from '../../../emulator/guest/modules/record';
import { SuiteScriptError } from '../../../emulator/guest/errors';
import type { Guest, Json } from '../../../emulator/guest/types';
import { createAccount } from '../../../emulator/kernel/account';
import {
  FaultError,
  type Account,
  type CommittedSave,
  type Execution,
  type Part,
  type PreparedSave,
  type RecordData,
  type Settings,
} from '../../../emulator/kernel/types';
import { withDefaultFeatures } from '../../../emulator/modules/default-features';
import { part as records } from '../../../emulator/records/part';

type Anything = Record<string, unknown>;
export interface RecordModule {
  create(options: object): RecordObject;
  load(options: object): RecordObject;
  copy(options: object): RecordObject;
  transform(options: object): RecordObject;
  delete(options: object): number;
  submitFields(options: object): number;
  attach(options: object): void;
  detach(options: object): void;
  Type: Record<string, string>;
}
type Method<R> = (...args: unknown[]) => R;
export interface RecordObject {
  id: number | null;
  type: string;
  isDynamic: boolean;
  isNew: boolean;
  getValue: Method<unknown>;
  setValue: Method<RecordObject>;
  getText: Method<unknown>;
  setText: Method<RecordObject>;
  getFields: Method<string[]>;
  getField: Method<Anything | null>;
  removeField: Method<RecordObject>;
  getSublists: Method<string[]>;
  getSublist: Method<{ getColumn: Method<Anything | null>; id: string } | null>;
  getSublistFields: Method<string[]>;
  getSublistField: Method<Anything | null>;
  getLineCount: Method<number>;
  getSublistValue: Method<unknown>;
  setSublistValue: Method<RecordObject>;
  getSublistText: Method<unknown>;
  setSublistText: Method<RecordObject>;
  findSublistLineWithValue: Method<number>;
  insertLine: Method<RecordObject>;
  removeLine: Method<RecordObject>;
  hasSubrecord: Method<boolean>;
  getSubrecord: Method<RecordObject>;
  removeSubrecord: Method<RecordObject>;
  hasSublistSubrecord: Method<boolean>;
  getSublistSubrecord: Method<RecordObject>;
  removeSublistSubrecord: Method<RecordObject>;
  selectLine: Method<RecordObject>;
  selectNewLine: Method<RecordObject>;
  commitLine: Method<RecordObject>;
  cancelLine: Method<RecordObject>;
  moveLine: Method<RecordObject>;
  getCurrentSublistIndex: Method<number>;
  getCurrentSublistValue: Method<unknown>;
  setCurrentSublistValue: Method<RecordObject>;
  getCurrentSublistText: Method<unknown>;
  setCurrentSublistText: Method<RecordObject>;
  getCurrentSublistSubrecord: Method<RecordObject>;
  hasCurrentSublistSubrecord: Method<boolean>;
  getCurrentSublistField: Method<Anything | null>;
  getMatrixSublistValue: Method<unknown>;
  setMatrixSublistValue: Method<RecordObject>;
  getMatrixHeaderCount: Method<number>;
  getMacros: Method<object>;
  getMacro: Method<unknown>;
  executeMacro: Method<unknown>;
  save: Method<number> & { promise: Method<unknown> };
  toJSON: Method<Anything>;
  toString: Method<string>;
}

/** Roles and scripts belong to other parts: here everyone may do everything and no User Event listens. */
const openDoors: Part = {
  name: 'test',
  syscalls: {},
  services: () => ({
    permissions: {
      rowRules: () => [],
      requireRow: () => undefined,
      requireRecord: () => undefined,
      requirePermission: () => undefined,
      level: () => 4,
    },
    scripts: { find: () => undefined, userEvents: () => [], file: () => undefined, epoch: 0 },
  }),
};

export interface RecordScript {
  account: Account;
  record: RecordModule;
  execution: Execution;
  guest: Guest;
  /** Units used since the last call of this function. */
  units(): number;
  close(): Promise<void>;
}

let executions = 0;

export function newExecution(): Execution {
  return {
    id: `x${++executions}`,
    scriptId: 'customscript_test',
    deploymentId: 'customdeploy_test',
    type: 'restlet',
    user: { entity: -5, role: 3 },
    context: 'RESTLET',
    unitsUsed: 0,
    unitsLimit: 1_000_000,
    unitsByApi: {},
    startedAt: 0,
    virtualMs: 0,
    virtualMsLimit: 1e12,
    logs: [],
    recordsTouched: 0,
  };
}

export async function openRecordScript(settings: Partial<Settings> = {}): Promise<RecordScript> {
  const features = withDefaultFeatures(settings.features ?? {});
  const account = await createAccount({ ...settings, features }, [records, openDoors]);
  const execution = newExecution();
  const guest = makeGuest(account, execution);
  let seen = 0;
  return {
    account,
    execution,
    guest,
    record: createRecordModule(guest) as unknown as RecordModule,
    units: () => {
      const used = execution.unitsUsed - seen;
      seen = execution.unitsUsed;
      return used;
    },
    close: () => account.close(),
  };
}

export function makeGuest(account: Account, execution: Execution): Guest {
  const call = (name: string, args: object): unknown => {
    const handler = records.syscalls[name];
    if (!handler) throw new Error(`no syscall ${name}`);
    return handler(account, execution, args as never);
  };
  const save = (op: string, args: object): unknown => {
    const prepared = call('record.prepareSave', { ...args, op }) as PreparedSave;
    // As over the wire: what a User Event left is a copy, not the account's own object.
    const record = JSON.parse(JSON.stringify(prepared.newRecord)) as RecordData;
    return (call('record.commit', { saveId: prepared.saveId, record }) as CommittedSave).result;
  };
  const guest: Guest = {
    path: '/SuiteScripts/test.js',
    info: {
      executionId: execution.id,
      scriptId: execution.scriptId,
      deploymentId: execution.deploymentId,
      scriptInternalId: '1',
      deploymentInternalId: '1',
      scriptType: 'restlet',
      entry: 'post',
      apiVersion: '2.1',
      logLevel: 'DEBUG',
      parameters: {},
      user: execution.user,
      executionContext: 'RESTLET',
      accountId: account.id,
      settings: { dateFormat: account.settings.dateFormat, timeZone: account.settings.timeZone },
    },
    syscall: <T = Json>(name: string, args: object = {}): T => {
      const plain = JSON.parse(JSON.stringify(args)) as object;
      try {
        const op = /^record\.(save|delete|submitFields)$/.exec(name)?.[1];
        return JSON.parse(JSON.stringify((op ? save(op, plain) : call(name, plain)) ?? null)) as T;
      } catch (error) {
        throw error instanceof FaultError ? (new SuiteScriptError(error.fault) as unknown as Error) : error;
      }
    },
    remainingUsage: () => execution.unitsLimit - execution.unitsUsed,
    now: () => account.clock.now(),
    module: () => ({}) as never,
    load: () => undefined,
    bridges: {},
  };
  return guest;
}

/** The name of the SuiteScript error that the work throws, or the text `no error`. */
export function errorName(work: () => unknown): string {
  try {
    work();
    return 'no error';
  } catch (error) {
    if (error instanceof SuiteScriptError) return error.name;
    throw error;
  }
}

export function errorMessage(work: () => unknown): string {
  try {
    work();
    return 'no error';
  } catch (error) {
    if (error instanceof SuiteScriptError) return error.message;
    throw error;
  }
}
