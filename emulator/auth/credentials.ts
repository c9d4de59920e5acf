import { createPublicKey, generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** An integration record: what calls in are counted and allotted by. */
export interface Integration {
  name: string;
  clientId: string;
  consumerKey: string;
  consumerSecret: string;
  state: 'enabled' | 'blocked';
}

/** A TBA token: bound to one integration, user and role (page section_1530099787). */
export interface AccessToken {
  tokenId: string;
  tokenSecret: string;
  integration: string;
  entity: number;
  role: number;
  revoked: boolean;
}

/** OAuth 2.0 client credentials mapping: a certificate that stands for one integration, user and role (page subsect_162755332391). */
export interface CertificateMapping {
  certificateId: string;
  publicKey: KeyObject;
  integration: string;
  entity: number;
  role: number;
  /** Virtual ms since the epoch; at most two years ahead. */
  notAfter: number;
  revoked: boolean;
}

/** Everything a client outside needs for both ways of logging in; made once for an account. */
export interface ClientCredentials {
  privateKeyPem: string;
  publicKeyPem: string;
  clientId: string;
  consumerKey: string;
  consumerSecret: string;
  certificateId: string;
  tokenId: string;
  tokenSecret: string;
}

export class CertificateRefused extends Error {
  override readonly name = 'CertificateRefused';
}

const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];
const RSA_BITS = [3072, 4096];
const MAX_ACTIVE_CERTIFICATES = 5;
const YEAR_MS = 365 * 24 * 3600 * 1000;

/** All credentials of the account. */
export class CredentialBook {
  readonly integrations = new Map<string, Integration>();
  readonly tokens = new Map<string, AccessToken>();
  readonly certificates = new Map<string, CertificateMapping>();

  addIntegration(name: string, ids: Partial<ClientCredentials> = {}): Integration {
    const { clientId = newSecret(), consumerKey = newSecret(), consumerSecret = newSecret() } = ids;
    const integration: Integration = { name, clientId, consumerKey, consumerSecret, state: 'enabled' };
    this.integrations.set(name, integration);
    return integration;
  }

  addToken(integration: string, entity: number, role: number, ids: Partial<ClientCredentials> = {}): AccessToken {
    const { tokenId = newSecret(), tokenSecret = newSecret() } = ids;
    const token = { tokenId, tokenSecret, integration, entity, role, revoked: false };
    this.tokens.set(token.tokenId, token);
    return token;
  }

  /** Maps a public key; refuses what NetSuite refuses: RSA under 3072 bits, other curves, a sixth active certificate. */
  addCertificate(
    publicKeyPem: string,
    owner: { integration: string; entity: number; role: number },
    now: number,
    certificateId = newSecret(),
  ): CertificateMapping {
    const publicKey = createPublicKey(publicKeyPem);
    checkKey(publicKey);
    const active = [...this.certificates.values()].filter(
      (each) => each.integration === owner.integration && !each.revoked,
    );
    if (active.length >= MAX_ACTIVE_CERTIFICATES)
      throw new CertificateRefused('An integration can have at most five active certificates.');
    const mapping = {
      certificateId,
      publicKey,
      ...owner,
      notAfter: now + 2 * YEAR_MS,
      revoked: false,
    };
    this.certificates.set(mapping.certificateId, mapping);
    return mapping;
  }

  byClientId(clientId: string): Integration | undefined {
    return [...this.integrations.values()].find((each) => each.clientId === clientId);
  }

  byConsumerKey(consumerKey: string): Integration | undefined {
    return [...this.integrations.values()].find((each) => each.consumerKey === consumerKey);
  }
}

function checkKey(key: KeyObject): void {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && RSA_BITS.includes(modulusLength ?? 0)) return;
  if (key.asymmetricKeyType === 'ec' && CURVES.includes(namedCurve ?? '')) return;
  throw new CertificateRefused(
    'The certificate needs an RSA key of 3072 or 4096 bits, or an EC key of 256, 384 or 521 bits.',
  );
}

/** 64 hexadecimal digits, as NetSuite's keys and secrets have. */
export const newSecret = (): string => randomBytes(32).toString('hex');

/** A key pair for OAuth 2.0 client credentials with PS256; takes some 100 ms. */
export async function generateClientKeys(): Promise<{ privateKeyPem: string; publicKeyPem: string }> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 3072 });
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}
