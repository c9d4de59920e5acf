import { constants, createPrivateKey, randomUUID, sign, type KeyObject } from 'node:crypto';

/** Algorithms NetSuite takes for client assertions; RS256 is not among them (Oracle page section_162790605110). */
export type AssertionAlgorithm = 'PS256' | 'PS384' | 'PS512' | 'ES256' | 'ES384' | 'ES512';

export interface AssertionInput {
  clientId: string;
  /** Certificate id of the mapping at Setup > Integration > OAuth 2.0 Client Credentials. */
  certificateId: string;
  privateKey: KeyObject;
  alg: AssertionAlgorithm;
  audience: string;
  scope: readonly string[];
  /** Seconds since the epoch. */
  issuedAt: number;
}

/** How long an assertion holds, in seconds; NetSuite allows 60 minutes, a minute of use is enough. */
const LIFETIME_SECONDS = 300;

export const readPrivateKey = (pem: string): KeyObject => createPrivateKey(pem);

/** A signed JWT that stands for the integration at the token endpoint (client credentials grant, RFC 7523). */
export function makeAssertion(input: AssertionInput): string {
  const header = { typ: 'JWT', alg: input.alg, kid: input.certificateId };
  const claims = {
    iss: input.clientId,
    scope: input.scope,
    aud: input.audience,
    iat: input.issuedAt,
    exp: input.issuedAt + LIFETIME_SECONDS,
    jti: randomUUID(),
  };
  const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${signJws(signed, input.privateKey, input.alg).toString('base64url')}`;
}

function signJws(text: string, key: KeyObject, alg: AssertionAlgorithm): Buffer {
  const digest = `sha${alg.slice(2)}`;
  const data = Buffer.from(text);
  return alg.startsWith('PS')
    ? sign(digest, data, {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      })
    : sign(digest, data, { key, dsaEncoding: 'ieee-p1363' });
}
