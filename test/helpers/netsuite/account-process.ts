import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { spawnChild } from '../spawn-child';

const root = path.resolve(__dirname, '../../..');

export interface Execution {
  id: string;
  scriptId: string;
  deploymentId: string;
  type: string;
  stage?: string;
  key?: string;
  unitsUsed: number;
  unitsByApi: Record<string, number>;
  error?: unknown;
}

export interface StoredRecord {
  type: string;
  id: string;
  externalId: string | null;
  version: number;
  fields: Record<string, unknown>;
  sublists: Record<string, Record<string, unknown>[]>;
  subrecords: Record<string, { fields?: Record<string, unknown> } & Record<string, unknown>>;
}

export interface Caller {
  entity: number;
  /** Internal id or script id. */
  role: number | string;
}

/** The emulator as a process, with the built project deployed; talks to it only by HTTP, as anybody outside would. */
export interface NetSuiteAccount {
  url: string;
  /** Process id of the emulator. */
  pid: number;
  accountId: string;
  /** Token-based credentials of the integration. */
  tba: ReadyLine['credentials']['tba'];
  /** Who the integration is. */
  integration: Caller;
  /** Calls one of the project's RESTlets as the integration role (or another user) and answers status and body. */
  restlet(
    name: string,
    body?: unknown,
    options?: { as?: Caller; query?: string },
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  control<T = Record<string, unknown>>(method: string, call: string, body?: unknown): Promise<T>;
  record(type: string, id: string): Promise<StoredRecord | null>;
  byExternalId(type: string, externalId: string): Promise<StoredRecord | null>;
  seed(rows: unknown[]): Promise<string[]>;
  /** Executions of a script so far, newest last. */
  executions(scriptId: string): Promise<Execution[]>;
  stop(): Promise<void>;
}

interface ReadyLine {
  ready: boolean;
  url: string;
  accountId: string;
  credentials: {
    administrator: { entity: number; role: number };
    integration: { entity: number; role: number };
    tba: Record<'realm' | 'consumerKey' | 'consumerSecret' | 'tokenId' | 'tokenSecret', string>;
  };
}

/**
 * `folder` is the repository's, for callers that run from a bundle. No schedule of the account starts by itself: a test that moves the clock would
 * meet another run in some minutes of the hour and not in others.
 */
export async function startAccount(settings: object = {}, folder = root): Promise<NetSuiteAccount> {
  const main = path.join(folder, 'build/emulator/main.cjs');
  const config = path.join(folder, 'test/helpers/netsuite/no-schedules.json');
  const args = [main, '--project', path.join(folder, 'build/sdf'), '--config', config];
  const child = spawnChild(args, { root: folder });
  const ready = await readyLine(child);
  const account = connect(child, ready);
  if (Object.keys(settings).length > 0) await account.control('POST', 'settings', settings);
  return account;
}

function readyLine(child: ChildProcess): Promise<ReadyLine> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the emulator ended with ${String(code)} before it was ready`)));
    if (child.stdout === null) return reject(new Error('no stdout'));
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as ReadyLine));
  });
}

function connect(child: ChildProcess, ready: ReadyLine): NetSuiteAccount {
  const { url, accountId, credentials } = ready;
  const tokens = new Map<string, string>();
  const integration: Caller = { entity: credentials.integration.entity, role: 'customrole_srl_integration' };
  const control = async <T>(method: string, call: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}/_emulator/${call}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${call}: ${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  };
  const find = async (call: string): Promise<StoredRecord | null> => {
    const response = await fetch(`${url}/_emulator/records/${call}`);
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`records/${call}: ${response.status} ${await response.text()}`);
    return (await response.json()) as StoredRecord;
  };
  const tokenFor = async (user: Caller): Promise<string> => {
    const key = `${user.entity}/${user.role}`;
    const known = tokens.get(key);
    if (known !== undefined) return known;
    const { access_token } = await control<{ access_token: string }>('POST', 'token', user);
    tokens.set(key, access_token);
    return access_token;
  };
  return {
    url,
    pid: child.pid ?? 0,
    accountId,
    tba: credentials.tba,
    integration,
    control,
    record: (type, id) => find(`${type}/${id}`),
    byExternalId: (type, externalId) => find(`${type}?externalId=${encodeURIComponent(externalId)}`),
    seed: async (rows) => (await control<{ id: string }[]>('POST', 'records', rows)).map((row) => row.id),
    executions: (scriptId) => control<Execution[]>('GET', `executions?scriptId=${scriptId}`),
    restlet: async (name, body, { as = integration, query = '' } = {}) => {
      const target = `${url}/app/site/hosting/restlet.nl?script=customscript_srl_${name}&deploy=customdeploy_srl_${name}${query}`;
      const send = async (): Promise<Response> =>
        fetch(target, {
          method: body === undefined ? 'GET' : 'POST',
          headers: { authorization: `Bearer ${await tokenFor(as)}`, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
      let response = await send();
      if (response.status === 401) {
        // The clock was moved on: the token is old.
        tokens.clear();
        response = await send();
      }
      const text = await response.text();
      return { status: response.status, body: JSON.parse(text) as Record<string, unknown> };
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
