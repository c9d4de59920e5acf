import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  startFakeHubSpot,
  type FakeHubSpot,
  type FakeHubSpotOptions,
} from '../../demo/fake-crm/hubspot/hubspot-server';
import { startFakeSalesforce, type FakeSalesforce } from '../../demo/fake-crm/salesforce/salesforce-server';
import type { ConnectedApp } from '../../demo/fake-crm/salesforce/sign-in';
import { askRelay } from '../../relay/cli/doctor/ask-relay';
import { checkCrms } from '../../relay/cli/doctor/check-crm';
import { parseConfig } from '../../relay/config/load-config';
import { loadMapper } from '../../relay/config/load-mapper';
import { hashApiKey } from '../../relay/security/verify-api-key';
import { signHubSpotV3 } from '../../relay/security/verify-hubspot-signature';
import { HUBSPOT_SECRET, KEYS, startHttpRelay, type HttpRelay } from './http-relay';

/** A numbered step of a guide: what it says, and what the doctor says when it is done. */
export interface GuideStep {
  number: string;
  doctor: string[];
}

/** The numbered steps of docs/connect-<crm>.md: each section `## N.`, with its numbered items as `N.M`. */
export function readGuide(crm: string): { text: string; sections: GuideStep[]; steps: string[] } {
  const text = readFileSync(path.resolve(__dirname, `../../docs/connect-${crm}.md`), 'utf8');
  const parts = text.split(/^## /m).filter((part) => /^\d+\. /.test(part));
  const sections = parts.map((part) => {
    const said = /^Doctor: (.*(?:\n(?!\n).*)*)/m.exec(part)?.[1] ?? '';
    return {
      number: part.split('.')[0]!,
      doctor: [...said.matchAll(/`((?:ok|warn) [^`]+)`/g)].map(([, line]) => line!),
    };
  });
  const steps = parts.flatMap((part) => {
    const items = [...part.matchAll(/^(\d+)\. /gm)].slice(1).map(([, number]) => `${part.split('.')[0]!}.${number!}`);
    return items.length > 0 ? items : [part.split('.')[0]!];
  });
  return { text, sections, steps };
}

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const USER = 'relay@example.com';
const PORTAL = 62515;
const APP = 54321;

/** What both guides lead to, each part of which a test may leave out or do wrong before the doctor is asked. */
export interface GuideStage {
  org: FakeSalesforce;
  portal: FakeHubSpot;
  relay: HttpRelay;
  folder: string;
  /** The configuration, as it would stand in the file. */
  config: {
    environment?: string;
    publicUrl?: string;
    crm: Record<'salesforce' | 'hubspot', Record<string, unknown> & { auth?: Record<string, unknown> }>;
    sources: Record<'salesforce' | 'hubspot', Record<string, unknown> & { hubspot?: Record<string, unknown> }>;
  };
  /** Saves an account in Salesforce, which calls the relay with this key. */
  callAsSalesforce: (key?: string) => Promise<void>;
  /** Edits a company in HubSpot, which calls the relay signed with this secret. */
  callAsHubSpot: (secret?: string) => Promise<void>;
  /** The file of the configuration, written as it stands. */
  write: () => string;
  /** Lines of the doctor about one CRM: `level subject: message → remedy`. */
  ask: (crm: 'salesforce' | 'hubspot') => Promise<string[]>;
  close: () => Promise<void>;
}

export async function startGuideStage(
  given: { app?: Partial<ConnectedApp>; portal?: Partial<FakeHubSpotOptions> } = {},
): Promise<GuideStage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'suiterelay-guide-'));
  const app = { clientId: 'consumer-key', clientSecret: 'not-used', certificate: keys.publicKey, usernames: [USER] };
  const token = 'pat-of-the-guide';
  const org = await startFakeSalesforce({ ...app, ...given.app });
  const portal = await startFakeHubSpot({ token, portalId: PORTAL, appId: APP, ...given.portal });
  const relay = await startHttpRelay();
  const keyFile = path.join(folder, 'salesforce-key.pem');
  writeFileSync(keyFile, keys.privateKey, { mode: 0o600 });
  const poll = { everySeconds: 300 };
  const auth = { type: 'jwt', clientId: app.clientId, username: USER, privateKeyFile: keyFile };
  const config: GuideStage['config'] = {
    publicUrl: relay.url,
    crm: {
      salesforce: { name: 'salesforce', kind: 'salesforce', baseUrl: org.url, auth, poll },
      hubspot: {
        name: 'hubspot',
        kind: 'hubspot',
        baseUrl: portal.url,
        token,
        limits: { perSecond: 10, inFlight: 4 },
        poll,
      },
    },
    sources: {
      salesforce: { keys: [{ id: 'org', sha256: hashApiKey(KEYS.salesforce), actions: ['upsert', 'read'] }] },
      hubspot: { hubspot: { clientSecrets: [HUBSPOT_SECRET], portalId: PORTAL, appId: APP } },
    },
  };
  const whole = (crm?: 'salesforce' | 'hubspot'): string => {
    const auth = { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' };
    const names = crm === undefined ? (['salesforce', 'hubspot'] as const) : [crm];
    const { environment, publicUrl } = config;
    return JSON.stringify({
      ...(environment === undefined ? {} : { environment }),
      ...(publicUrl === undefined ? {} : { publicUrl }),
      store: { path: path.join(folder, 'store') },
      netsuite: [
        {
          account: environment === 'production' ? '1234567' : 'TSTDRV1000001',
          baseUrl: environment === undefined ? 'http://127.0.0.1:1' : 'https://127.0.0.1:1',
          auth,
        },
      ],
      sources: names.map((name) => ({ name, kind: name, ...config.sources[name] })),
      crm: names.map((name) => ({ ...config.crm[name], allowPrivateHosts: ['127.0.0.1'] })),
      flows: names,
    });
  };
  const post = (where: string, init: Parameters<HttpRelay['call']>[1]): Promise<unknown> =>
    relay.call(where, { method: 'POST', ...init });
  return {
    org,
    portal,
    relay,
    folder,
    config,
    callAsSalesforce: async (key = KEYS.salesforce) => {
      const record = { attributes: { type: 'Account' }, Id: '001xx000003DGbYAAW', Name: 'Acme' };
      const json = { source: 'salesforce', object: 'Account', records: [record] };
      await post('/v1/upserts', { key, json, headers: { 'idempotency-key': 'saved-once' } });
    },
    callAsHubSpot: async (secret = HUBSPOT_SECRET) => {
      const event = {
        eventId: 1,
        subscriptionType: 'company.propertyChange',
        portalId: PORTAL,
        appId: APP,
        objectId: 7,
      };
      const more = { occurredAt: Date.now(), propertyName: 'name', propertyValue: 'x', changeSource: 'CRM_UI' };
      const body = JSON.stringify([{ ...event, ...more }]);
      const at = String(Date.now());
      const signed = { method: 'POST', url: 'https://relay.example.com/v1/hooks/hubspot', body: Buffer.from(body) };
      const headers = {
        'content-type': 'application/json',
        'x-hubspot-request-timestamp': at,
        'x-hubspot-signature-v3': signHubSpotV3(signed, at, secret),
      };
      await post('/v1/hooks/hubspot', { key: null, body, headers });
    },
    write: () => {
      const file = path.join(folder, 'suiterelay.json');
      writeFileSync(file, whole());
      return file;
    },
    ask: async (crm) => {
      const machine = { env: () => '', file: (name: string) => readFileSync(name, 'utf8'), command: () => '' };
      const parsed = parseConfig(whole(crm), 'guide.json', machine, folder);
      const { calls } = await askRelay({ ...parsed, publicUrl: relay.url });
      const findings = await checkCrms(parsed, loadMapper(parsed, 'guide.json'), calls);
      return findings.map(({ level, subject, message, remedy }) =>
        [`${level} ${subject}: ${message}`, ...(remedy === undefined ? [] : [remedy])].join(' → '),
      );
    },
    close: async () => {
      await Promise.all([org.close(), portal.close(), relay.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
