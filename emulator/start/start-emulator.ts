import { readFileSync } from 'node:fs';
import { callPart } from '../control/call';
import { generateClientKeys } from '../auth/credentials';
import { ADMINISTRATOR, giveRole } from '../auth/users';
import { accountLimit } from '../concurrency/account-limit';
import { Front } from '../http/front';
import { serveHttp } from '../http/server';
import { createAccount } from '../kernel/account';
import { PARTS } from '../kernel/parts';
import { savedKeys } from './saved-keys';
import type { StartOptions } from './read-arguments';

/** What the ready line tells: addresses and credentials. */
export interface ReadyLine {
  ready: true;
  url: string;
  accountId: string;
  control: string;
  credentials: {
    oauth2: { tokenUrl: string; clientId: string; certificateId: string; privateKeyPem: string; alg: 'PS256' };
    tba: { realm: string; consumerKey: string; consumerSecret: string; tokenId: string; tokenSecret: string };
    administrator: { entity: number; role: number };
    integration: { entity: number; role: number };
  };
}

export interface Emulator {
  ready: ReadyLine;
  front: Front;
  close(): Promise<void>;
}

/** The project was refused, with NetSuite's messages. */
export class ProjectRefused extends Error {
  override readonly name = 'ProjectRefused';
  readonly messages: string[];
  constructor(messages: string[]) {
    super(messages.join('\n'));
    this.messages = messages;
  }
}

/** Opens the account, deploys the project, seeds, and serves. */
export async function startEmulator({ project, port, config }: StartOptions): Promise<Emulator> {
  const keys = savedKeys(config.data ?? null) ?? generateClientKeys();
  const account = await createAccount(config, PARTS);
  const front = new Front(account);
  try {
    if (project !== null) await deploy(front, project);
    if (account.settings.seed)
      callPart(front, 'records.seed', { rows: JSON.parse(readFileSync(account.settings.seed, 'utf8')) as object });
    const user = integrationUser(front);
    const server = await serveHttp(front, port);
    account.runner.warm(Math.min(accountLimit(account.settings), 2));
    const ready = readyLine(front, user, await keys);
    front.captureState();
    return {
      ready,
      front,
      close: async () => {
        await server.close();
        await account.close();
      },
    };
  } catch (error) {
    await account.close();
    throw error;
  }
}

async function deploy(front: Front, folder: string): Promise<void> {
  const { messages } = (await callPart(front, 'project.deploy', { folder })) as { messages: string[] };
  if (messages.length > 0) throw new ProjectRefused(messages);
}

interface UserRef {
  entity: number;
  role: number;
}

/** The configured employees, and the one in whose name the credentials act: the first of them, or one made for the project's own role. */
function integrationUser(front: Front): UserRef {
  const { settings, store } = front.account;
  const ownRole = store.list('role').find(({ fields }) => /^customrole/i.test(String(fields.scriptid ?? '')));
  const employees =
    settings.employees.length > 0
      ? settings.employees
      : [{ name: 'Integration User', email: 'integration@example.com', role: ownRole?.id ?? ADMINISTRATOR.role }];
  const users = employees.map(({ name, email, role }) => {
    const [firstname = name, ...rest] = name.split(' ');
    const existing = store.list('employee').find(({ fields }) => fields.email === email);
    const fields = {
      entityid: name,
      firstname,
      lastname: rest.join(' ') || null,
      email,
      isinactive: false,
      giveaccess: true,
    };
    const rows = [{ type: 'employee', fields }];
    const [made] = existing ? [{ id: existing.id }] : (callPart(front, 'records.seed', { rows }) as { id: string }[]);
    const roleId = front.roleId(role);
    if (roleId === undefined) throw new Error(`employee ${name}: there is no role ${role}`);
    giveRole(front.account, Number(made?.id), roleId);
    return { entity: Number(made?.id), role: roleId };
  });
  return users[0] ?? ADMINISTRATOR;
}

function readyLine(front: Front, user: UserRef, keys: { privateKeyPem: string; publicKeyPem: string }): ReadyLine {
  const { account, gate, baseUrl } = front;
  const names = [front.defaultIntegration, ...account.settings.integrations.map(({ name }) => name)];
  for (const name of new Set(names)) gate.credentials.addIntegration(name);
  const integration = gate.credentials.integrations.get(front.defaultIntegration);
  if (!integration) throw new Error('the default integration is missing');
  const certificate = gate.credentials.addCertificate(
    keys.publicKeyPem,
    { integration: integration.name, ...user },
    account.clock.now(),
  );
  const token = gate.credentials.addToken(integration.name, user.entity, user.role);
  const { clientId, consumerKey, consumerSecret } = integration;
  const { certificateId } = certificate;
  const { tokenId, tokenSecret } = token;
  return {
    ready: true,
    url: baseUrl,
    accountId: account.id,
    control: `${baseUrl}/_emulator/`,
    credentials: {
      oauth2: {
        tokenUrl: `${baseUrl}/services/rest/auth/oauth2/v1/token`,
        clientId,
        certificateId,
        privateKeyPem: keys.privateKeyPem,
        alg: 'PS256',
      },
      tba: { realm: account.id, consumerKey, consumerSecret, tokenId, tokenSecret },
      administrator: ADMINISTRATOR,
      integration: user,
    },
  };
}
