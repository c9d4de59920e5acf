import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RelayConfig } from '../config/schema';

/** A key, token or certificate of the configuration, as far as its age can be known. Never its value. */
export interface Credential {
  /** `NetSuite 1234567: certificate`, `source salesforce: key prod-2026`. */
  name: string;
  /** ms since epoch. */
  issuedMs: number | null;
  expiresMs: number | null;
  /** What to do when its time is up. */
  renewal: string;
  /** Why it can't work as it is: a file that can't be read, a certificate of another key. */
  fault?: string;
}

interface AuthFields {
  certificateFile?: string | undefined;
  privateKeyFile?: string | undefined;
  privateKey?: string | undefined;
  issued?: string | undefined;
}

const RENEW_NETSUITE =
  '`suiterelay keygen` makes the next pair; upload its certificate beside the old one, change certificateId and the files, send SIGHUP.';
const RENEW_TOKEN =
  'Make a new access token in NetSuite, change tokenId and tokenSecret, send SIGHUP, revoke the old one.';
const RENEW_CRM = 'Make the next one in the CRM beside the old one, change crm[].auth, restart, remove the old one.';
const RENEW_KEY = '`suiterelay keygen --api-key`: add the successor beside it, hand it out, remove the old one.';
const RENEW_TLS = 'Put the renewed certificate in its place and restart.';

/** Every credential of a configuration of which an age or an end is known. */
export function listCredentials(config: RelayConfig): Credential[] {
  return [
    ...config.netsuite.flatMap(({ account, auth }) =>
      auth.type === 'oauth2'
        ? certificateOf(`NetSuite ${account}: certificate`, auth, RENEW_NETSUITE)
        : issuedOf(`NetSuite ${account}: token`, auth, RENEW_TOKEN),
    ),
    ...config.crm.flatMap(({ name, secretIssued: issued, ...crm }) => [
      ...certificateOf(`CRM ${name}: certificate`, (crm as { auth?: AuthFields }).auth ?? {}, RENEW_CRM),
      ...issuedOf(`CRM ${name}: secret`, { issued }, RENEW_CRM),
    ]),
    ...config.sources.flatMap(({ name, keys }) =>
      keys.map(({ id, issued, expires }) => ({
        name: `source ${name}: key ${id}`,
        issuedMs: timeOf(issued),
        expiresMs: timeOf(expires),
        renewal: RENEW_KEY,
      })),
    ),
    ...certificateOf('listen: certificate', { certificateFile: config.listen.tls?.certFile }, RENEW_TLS),
  ];
}

const timeOf = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));

const issuedOf = (name: string, { issued }: AuthFields, renewal: string): Credential[] =>
  issued === undefined ? [] : [{ name, issuedMs: timeOf(issued), expiresMs: null, renewal }];

function certificateOf(name: string, auth: AuthFields, renewal: string): Credential[] {
  const { certificateFile } = auth;
  if (certificateFile === undefined) return [];
  try {
    const certificate = new X509Certificate(readFileSync(certificateFile));
    const key = keyOf(auth);
    return [
      {
        name,
        issuedMs: Date.parse(certificate.validFrom),
        expiresMs: Date.parse(certificate.validTo),
        renewal,
        ...(key === null || certificate.checkPrivateKey(createPrivateKey(key))
          ? {}
          : { fault: `${certificateFile} is the certificate of another key` }),
      },
    ];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ name, issuedMs: null, expiresMs: null, renewal, fault: `${certificateFile} can't be read: ${reason}` }];
  }
}

const keyOf = ({ privateKey, privateKeyFile }: AuthFields): string | null =>
  privateKey ?? (privateKeyFile === undefined ? null : readFileSync(privateKeyFile, 'utf8'));
