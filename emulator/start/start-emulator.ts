import { readFileSync } from 'node:fs';
import { callPart } from '../control/call';
import type { ClientCredentials } from '../auth/credentials';
import { ADMINISTRATOR } from '../auth/users';
import { accountLimit } from '../concurrency/account-limit';
import { Front } from '../http/front';
import { TOKEN_PATH } from '../http/serve-token';
import { serveHttp } from '../http/server';
import { createAccount } from '../kernel/account';
import { PARTS } from '../kernel/parts';
import type { User } from '../kernel/types';
import { clientCredentials } from './client-credentials';
import { integrationUser } from './integration-user';

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
  const credentials = clientCredentials(config.data ?? null);
  credentials.catch(() => undefined);
  const account = await createAccount(config, PARTS);
  const front = new Front(account);
  try {
    if (project !== null) await deploy(front, project);
    if (account.settings.seed)
      await callPart(front, 'records.seed', {
        rows: JSON.parse(readFileSync(account.settings.seed, 'utf8')) as object,
      });
    const user = integrationUser(front);
    const server = await serveHttp(front, port);
    account.runner.warm(Math.min(accountLimit(account.settings), 2));
    const ready = readyLine(front, user, await credentials);
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

function readyLine(front: Front, user: User, ids: ClientCredentials): ReadyLine {
  const { account, gate, baseUrl } = front;
  const { name, clientId, consumerKey, consumerSecret } = gate.credentials.addIntegration(
    front.defaultIntegration,
    ids,
  );
  for (const integration of account.settings.integrations) front.integration(integration.name);
  const owner = { integration: name, ...user };
  const { certificateId } = gate.credentials.addCertificate(
    ids.publicKeyPem,
    owner,
    account.clock.now(),
    ids.certificateId,
  );
  const { tokenId, tokenSecret } = gate.credentials.addToken(name, user.entity, user.role, ids);
  const tokenUrl = `${baseUrl}${TOKEN_PATH}`;
  return {
    ready: true,
    url: baseUrl,
    accountId: account.id,
    control: `${baseUrl}/_emulator/`,
    credentials: {
      oauth2: { tokenUrl, clientId, certificateId, privateKeyPem: ids.privateKeyPem, alg: 'PS256' },
      tba: { realm: account.id, consumerKey, consumerSecret, tokenId, tokenSecret },
      administrator: ADMINISTRATOR,
      integration: user,
    },
  };
}
