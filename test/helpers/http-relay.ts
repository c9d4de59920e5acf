import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { createApp } from '../../relay/http/create-app';
import type { RelayServices } from '../../relay/http/services';
import { hashApiKey } from '../../relay/security/verify-api-key';
import { OpenApiJudge } from './openapi-judge';
import { relayServices } from './relay-services';
import { openWatchedStore, type WatchedStore } from './watched-store';

export const KEYS = {
  salesforce: 'srl_sf_key',
  hubspot: 'srl_hs_key',
  direct: 'srl_direct_key',
  reader: 'srl_reader',
  admin: 'srl_admin_key',
  other: 'srl_other',
};
export const WHSEC = `whsec_${Buffer.from('twenty-four random bytes, at least').toString('base64')}`;
export const HUBSPOT_SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
export const PATH_SECRET = 'a-long-path-secret-of-the-test';

const key = (id: keyof typeof KEYS, actions: string[], more: object = {}) => ({
  id,
  sha256: hashApiKey(KEYS[id]),
  actions,
  ...more,
});

const base = {
  store: { path: 'unused' },
  netsuite: [
    {
      account: 'TSTDRV1000001',
      baseUrl: 'http://127.0.0.1:1',
      auth: { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' },
      events: { mode: 'push', secrets: [WHSEC] },
    },
  ],
  sources: [
    {
      name: 'salesforce',
      kind: 'salesforce',
      keys: [
        key('salesforce', ['upsert', 'read', 'manage', 'events']),
        key('reader', ['read'], { objects: ['Contact'] }),
      ],
      salesforce: { organizationIds: ['00DD0000000FH8iMAG'], pathSecrets: [PATH_SECRET] },
    },
    {
      name: 'hubspot',
      kind: 'hubspot',
      keys: [key('hubspot', ['upsert', 'read'])],
      hubspot: { clientSecrets: [HUBSPOT_SECRET], portalId: 62515, appId: 54321 },
      signingSecrets: [WHSEC],
    },
    { name: 'direct', kind: 'direct', keys: [key('direct', ['upsert', 'direct', 'read', 'manage'])] },
    {
      name: 'limited',
      kind: 'salesforce',
      keys: [key('other', ['upsert', 'read', 'manage'], { objects: ['Contact'] })],
    },
    { name: 'ops', kind: 'admin', keys: [key('admin', ['admin'])] },
  ],
  crm: [
    { name: 'salesforce', kind: 'salesforce', baseUrl: 'https://example.my.salesforce.com' },
    { name: 'hubspot', kind: 'hubspot', baseUrl: 'https://api.hubapi.com' },
    { name: 'hook', kind: 'webhook', url: 'https://hooks.example.com/in', signingSecrets: [WHSEC] },
  ],
};

export interface HttpRelay {
  url: string;
  store: WatchedStore;
  services: RelayServices;
  stopping: (value: boolean) => void;
  setNow: (ms: number | null) => void;
  call: (path: string, init?: RequestInit & { key?: string | null; json?: unknown }) => Promise<Response>;
  close: () => Promise<void>;
}

const judge = new OpenApiJudge();

/** The relay's HTTP interface on a real socket, over the embedded engine in memory. Every answer is held against the OpenAPI document. */
export async function startHttpRelay(change: Record<string, unknown> = {}): Promise<HttpRelay> {
  let now: number | null = null;
  const store = openWatchedStore(() => now ?? Date.now());
  await store.configurePool('TSTDRV1000001', {
    slots: 5,
    lanes: {
      realtime: { reserved: 1, weight: 4 },
      bulk: { reserved: 0, weight: 1 },
      replay: { reserved: 0, weight: 1 },
    },
  });
  let stopping = false;
  const services = relayServices(
    store,
    { ...base, ...change },
    { now: () => now ?? Date.now(), stopping: () => stopping },
  );
  const server = createServer(createApp(services));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    store,
    services,
    stopping: (value) => (stopping = value),
    setNow: (ms) => (now = ms),
    call: async (path, { key: bearer = KEYS.salesforce, json, headers, ...init } = {}) => {
      const method = init.method ?? (json === undefined && init.body === undefined ? 'GET' : 'POST');
      const response = await fetch(`${url}${path}`, {
        ...init,
        method,
        headers: {
          ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(headers as Record<string, string> | undefined),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      const streamed = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      const complaint = streamed ? null : await judge.complaint(method, new URL(url + path).pathname, response.clone());
      if (complaint !== null) throw new Error(`not as the OpenAPI document says: ${complaint}`);
      return response;
    },
    close: async () => {
      services.settlements.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
}
