import { missingArgument } from '../errors';
import type { Guest, Json, JsonObject, ModuleFactory } from '../types';
import { tableOf } from '../define';
import { defineLazy } from '../lazy';
import { enumOf, isObject, optionsOf, readOnly, readOnlyProperty, scriptError, wrongType } from './arguments';
import { contextTypes } from './context-types';

/** NetSuite release whose behaviour the modules follow. */
const VERSION = '2026.2';

/** Their values count down from 4. */
const PERMISSIONS = ['FULL', 'EDIT', 'CREATE', 'VIEW', 'NONE'];

interface Account {
  envType: string;
  country: string;
  processorCount: number;
  queueCount: number;
}

interface UserInfo {
  id: number;
  name: string;
  email: string;
  location: number;
  department: number;
  subsidiary: number;
  role: number;
  roleId: string;
  roleCenter: string;
  contact: number;
}

/** N/runtime (page section_4296359529). Everything about the execution is known when it starts; the rest is asked once. */
export const createRuntimeModule: ModuleFactory = (guest) => {
  let account: Account | undefined;
  const ask = (): Account => (account ??= guest.syscall<Account & JsonObject>('runtime.account'));
  let script: object | undefined;
  let session: object | undefined;
  const runtime = {
    toString: () => 'runtime.Runtime',
    getCurrentScript: () => (script ??= currentScript(guest)),
    getCurrentSession: () => (session ??= currentSession()),
    getCurrentUser: () => currentUser(guest),
    isFeatureInEffect(first: unknown): boolean {
      const { feature } = optionsOf(first, ['feature']);
      if (isObject(first) && !('feature' in first)) throw wrongType('feature', 'string');
      if (feature === undefined || feature === null || feature === '')
        throw missingArgument('runtime.isFeatureInEffect', 'options.feature');
      if (typeof feature !== 'string') throw wrongType('feature', 'string');
      return guest.syscall<boolean>('runtime.feature', { feature });
    },
  };
  defineLazy(runtime, 'EnvType', () => enumOf('SANDBOX', 'PRODUCTION', 'BETA', 'INTERNAL'));
  defineLazy(runtime, 'Permission', () => tableOf(PERMISSIONS, (level) => 4 - PERMISSIONS.indexOf(level)));
  defineLazy(runtime, 'ContextType', contextTypes);
  readOnly(runtime, '', {
    accountId: () => guest.info.accountId,
    country: () => ask().country,
    envType: () => ask().envType,
    executionContext: () => guest.info.executionContext,
    processorCount: () => ask().processorCount,
    queueCount: () => ask().queueCount,
    version: () => VERSION,
  });
  return runtime;
};

const nameOf = (method: string, first: unknown): string => {
  const { name } = optionsOf(first, ['name']);
  if (name === undefined || name === null || name === '') throw missingArgument(method, 'name');
  if (typeof name !== 'string') throw wrongType('name', 'string');
  return name;
};

/** A date parameter travels as `{date: ISO}`; a day begins at midnight in the account's time zone, as a record's date does. */
export const parameterOf = (value: Json): unknown =>
  isObject(value) && typeof value.date === 'string' ? dateOf(value.date) : (value ?? null);

function dateOf(text: string): Date {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return day ? new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3])) : new Date(text);
}

function currentScript(guest: Guest): object {
  const { info } = guest;
  let percent = 0;
  const script = {
    getParameter: (first: unknown) => parameterOf(info.parameters[nameOf('Script.getParameter', first).toLowerCase()]),
    getRemainingUsage: () => guest.remainingUsage(),
    toString: () => 'runtime.Script',
    toJSON: () => ({ id: info.scriptId, deploymentId: info.deploymentId, logLevel: info.logLevel, bundleIds: [] }),
    get percentComplete(): number {
      if (info.scriptType !== 'scheduled') throw unavailable();
      return percent;
    },
    set percentComplete(value: number) {
      if (info.scriptType !== 'scheduled') throw unavailable();
      percent = value;
      guest.syscall('runtime.percentComplete', { value });
    },
  };
  readOnly(script, 'runtime.Script', {
    id: () => info.scriptId,
    deploymentId: () => info.deploymentId,
    logLevel: () => info.logLevel,
    apiVersion: () => info.apiVersion,
    bundleIds: () => [],
  });
  return script;
}

const unavailable = (): Error =>
  scriptError('SSS_OPERATION_UNAVAILABLE', 'The operation is available only in scheduled scripts.') as unknown as Error;

/** A session's values live as long as the execution: requests with tokens share no session. */
function currentSession(): object {
  const values = new Map<string, string | null>();
  return {
    get: (first: unknown) => values.get(String(nameOf('Session.get', first))) ?? null,
    set(options: { name: string; value?: unknown }) {
      const name = nameOf('Session.set', options);
      values.set(name, options.value === null || options.value === undefined ? null : String(options.value));
    },
    wasTfaChallenged: false,
    toString: () => 'runtime.Session',
    toJSON: () => Object.fromEntries(values),
  };
}

const USER_FIELDS: (keyof UserInfo)[] = [
  'name',
  'email',
  'location',
  'department',
  'subsidiary',
  'roleId',
  'roleCenter',
  'contact',
];

function currentUser(guest: Guest): object {
  let known: UserInfo | undefined;
  const ask = (): UserInfo => (known ??= guest.syscall<UserInfo & JsonObject>('runtime.user'));
  const user = {
    getPermission: (first: unknown) =>
      guest.syscall<number>('runtime.permission', { name: nameOf('User.getPermission', first) }),
    getPreference: (first: unknown) =>
      guest.syscall<string | null>('runtime.preference', { name: nameOf('User.getPreference', first) }),
    toString: () => 'runtime.User',
    toJSON: () => {
      const { contact: _contact, ...rest } = ask();
      return rest;
    },
  };
  readOnlyProperty(user, 'runtime.User', 'id', () => guest.info.user.entity);
  readOnlyProperty(user, 'runtime.User', 'role', () => guest.info.user.role);
  for (const field of USER_FIELDS) readOnlyProperty(user, 'runtime.User', field, () => ask()[field]);
  return Object.freeze(user);
}
