import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface ApiKeys {
  salesforce: string;
  hubspot: string;
  admin: string;
  direct: string;
}

export interface CrmAccess {
  salesforce: { url: string; clientId: string; clientSecret: string };
  hubspot: { url: string; token: string };
}

interface EmulatorReady {
  url: string;
  accountId: string;
  credentials: {
    tba: Record<'realm' | 'consumerKey' | 'consumerSecret' | 'tokenId' | 'tokenSecret', string>;
    oauth2: OAuth2;
  };
}

interface OAuth2 {
  tokenUrl: string;
  clientId: string;
  certificateId: string;
  privateKeyPem: string;
  alg: string;
}

/** Longest wait of an order for a customer that is not even on its way, in ms. */
const REQUIRES_MS = 20_000;
/** Units a batch may use, and a first batch that is too large for them on purpose: its tail comes back as deferred and is sent again. */
const BUDGET_UNITS = 2400;
const FIRST_BATCH = 200;

/** Keys of the callers: made once per data folder, so that a script of yours goes on working. */
export function readApiKeys(data: string): ApiKeys {
  const file = path.join(data, 'api-keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as ApiKeys;
  const key = (name: string): string => `srl_${name}_${randomBytes(24).toString('base64url')}`;
  const keys = { salesforce: key('sf'), hubspot: key('hs'), admin: key('admin'), direct: key('direct') };
  writeFileSync(file, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return keys;
}

const source = (name: string, kind: string, key: string, actions: string[]): object => ({
  name,
  kind,
  keys: [{ id: `${name}-demo`, sha256: createHash('sha256').update(key).digest('hex'), actions }],
});

/** The relay's configuration: OAuth 2.0 with a certificate, events pulled every second, the fake CRMs as targets. */
export function writeRelayConfig(
  data: string,
  port: number,
  ready: unknown,
  keys: ApiKeys,
  crm: CrmAccess,
  timeZone: string,
): string {
  const { url, accountId, credentials } = ready as EmulatorReady;
  const { clientId, certificateId, privateKeyPem, alg, tokenUrl } = credentials.oauth2;
  const keyFile = path.join(data, 'netsuite-key.pem');
  writeFileSync(keyFile, privateKeyPem, { mode: 0o600 });
  const local = { allowPrivateHosts: ['127.0.0.1'], limits: { perSecond: 50, inFlight: 4, batch: 100 } };
  const config = {
    environment: 'development',
    listen: { host: '127.0.0.1', port },
    store: { path: path.join(data, 'relay') },
    netsuite: [
      {
        account: accountId,
        baseUrl: url,
        auth: { type: 'oauth2', clientId, certificateId, privateKeyFile: keyFile, alg, tokenUrl },
        concurrency: { limit: 5 },
        events: { mode: 'pull', everySeconds: 1 },
        timeZone,
        settings: { subsidiary: 'Parent Company' },
        budgetUnits: BUDGET_UNITS,
      },
    ],
    sources: [
      source('salesforce', 'salesforce', keys.salesforce, ['upsert', 'read', 'manage']),
      source('hubspot', 'hubspot', keys.hubspot, ['upsert', 'read', 'manage']),
      source('direct', 'direct', keys.direct, ['direct', 'read', 'manage']),
      source('admin', 'admin', keys.admin, ['admin']),
    ],
    crm: [
      {
        name: 'salesforce',
        kind: 'salesforce',
        baseUrl: crm.salesforce.url,
        auth: {
          type: 'clientCredentials',
          clientId: crm.salesforce.clientId,
          clientSecret: crm.salesforce.clientSecret,
        },
        ...local,
      },
      { name: 'hubspot', kind: 'hubspot', baseUrl: crm.hubspot.url, token: crm.hubspot.token, ...local },
    ],
    flows: ['salesforce', 'hubspot'],
    dispatch: { sizing: { first: { entity: FIRST_BATCH, transaction: 20, default: 50 } } },
    timeouts: { requiresMs: REQUIRES_MS },
    limits: { requests: { quota: 100_000, windowSeconds: 60 } },
    log: { level: 'info' },
  };
  const file = path.join(data, 'relay.json');
  writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
  return file;
}
