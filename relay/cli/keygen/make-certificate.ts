import { constants, createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { bits, context, integer, nothing, objectId, octets, sequence, set, time, utf8, yes } from './der';

export type KeyKind = 'rsa-3072' | 'rsa-4096' | 'ec-p256' | 'ec-p384' | 'ec-p521';

export interface CertificateRequest {
  kind: KeyKind;
  /** Shown in NetSuite's list of certificates. */
  commonName: string;
  days: number;
  now: Date;
}

export interface KeyAndCertificate {
  /** PKCS#8, PEM. */
  privateKeyPem: string;
  /** X.509, PEM: what is uploaded to NetSuite. */
  certificatePem: string;
  /** Signature algorithm of the assertion that goes with the key. */
  alg: 'PS256' | 'ES256' | 'ES384' | 'ES512';
}

interface Profile {
  make: () => { publicKey: KeyObject; privateKey: KeyObject };
  hash: 'sha256' | 'sha384' | 'sha512';
  signature: string;
  alg: KeyAndCertificate['alg'];
}

const RSA_SHA256 = '1.2.840.113549.1.1.11';
const rsa = (modulusLength: number) => () => generateKeyPairSync('rsa', { modulusLength });
const ec = (namedCurve: string) => () => generateKeyPairSync('ec', { namedCurve });

/** Keys that NetSuite takes for OAuth 2.0 client credentials (Oracle page section_162686838198). */
const PROFILES: Readonly<Record<KeyKind, Profile>> = {
  'rsa-3072': { make: rsa(3072), hash: 'sha256', signature: RSA_SHA256, alg: 'PS256' },
  'rsa-4096': { make: rsa(4096), hash: 'sha256', signature: RSA_SHA256, alg: 'PS256' },
  'ec-p256': { make: ec('P-256'), hash: 'sha256', signature: '1.2.840.10045.4.3.2', alg: 'ES256' },
  'ec-p384': { make: ec('P-384'), hash: 'sha384', signature: '1.2.840.10045.4.3.3', alg: 'ES384' },
  'ec-p521': { make: ec('P-521'), hash: 'sha512', signature: '1.2.840.10045.4.3.4', alg: 'ES512' },
};

/** Makes a key and a self-signed certificate for it. */
export function makeKeyAndCertificate({ kind, commonName, days, now }: CertificateRequest): KeyAndCertificate {
  const { make, hash, signature, alg } = PROFILES[kind];
  const { publicKey, privateKey } = make();
  const algorithm = kind.startsWith('rsa') ? sequence(objectId(signature), nothing()) : sequence(objectId(signature));
  const name = sequence(set(sequence(objectId('2.5.4.3'), utf8(commonName))));
  const until = new Date(now.getTime() + days * 86_400_000);
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(
    context(0, integer(Buffer.from([2]))),
    // The first bit stays clear, so that the serial number is positive in 16 octets (RFC 5280 allows 20).
    integer(Buffer.concat([Buffer.from([0x40 | ((randomBytes(1)[0] ?? 0) % 0x40)]), randomBytes(15)])),
    algorithm,
    name,
    sequence(time(now), time(until)),
    name,
    subjectKey,
    context(3, sequence(...extensions(subjectKey))),
  );
  const signed = sign(hash, body, {
    key: privateKey,
    ...(kind.startsWith('rsa') ? { padding: constants.RSA_PKCS1_PADDING } : {}),
  });
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: toPem(sequence(body, algorithm, bits(signed))),
    alg,
  };
}

/** An end entity that signs, nothing else. */
function extensions(subjectKey: Buffer): Buffer[] {
  const keyId = createHash('sha1').update(subjectKey).digest();
  return [
    sequence(objectId('2.5.29.19'), yes(), octets(sequence())),
    sequence(objectId('2.5.29.15'), yes(), octets(bits(Buffer.from([0x80]), 7))),
    sequence(objectId('2.5.29.14'), octets(octets(keyId))),
  ];
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
