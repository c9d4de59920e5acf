import { readFileSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import type { JwtConfig, SourceConfig } from '../config/schema-sources';
import type { Principal } from './principal';

/** How far clocks may differ, in seconds. */
const CLOCK_TOLERANCE_S = 30;

interface Issuer {
  source: SourceConfig;
  jwt: JwtConfig;
  keys: JWTVerifyGetKey;
}

/** Bearer tokens of an identity provider: signature by its published keys, `iss`, `aud`, and a short life (`exp` - `iat`). */
export class JwtIssuers {
  readonly #issuers: readonly Issuer[];

  constructor(sources: readonly SourceConfig[]) {
    this.#issuers = sources.flatMap((source) =>
      source.jwt ? [{ source, jwt: source.jwt, keys: keySet(source.jwt) }] : [],
    );
  }

  /** Null when the token is not good; it is never told why to the caller. */
  async verify(token: string, nowMs: number): Promise<Principal | null> {
    for (const issuer of this.#candidates(token)) {
      const principal = await verifyWith(issuer, token, nowMs);
      if (principal) return principal;
    }
    return null;
  }

  #candidates(token: string): readonly Issuer[] {
    try {
      const { iss } = decodeJwt(token);
      return this.#issuers.filter(({ jwt }) => jwt.issuer === iss);
    } catch {
      return [];
    }
  }
}

function keySet(jwt: JwtConfig): JWTVerifyGetKey {
  if (jwt.jwksFile !== undefined) {
    return createLocalJWKSet(JSON.parse(readFileSync(jwt.jwksFile, 'utf8')) as JSONWebKeySet);
  }
  return createRemoteJWKSet(new URL(jwt.jwksUrl ?? ''), { timeoutDuration: 5_000, cooldownDuration: 30_000 });
}

async function verifyWith({ source, jwt, keys }: Issuer, token: string, nowMs: number): Promise<Principal | null> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: jwt.issuer,
      audience: jwt.audience,
      algorithms: jwt.algorithms,
      requiredClaims: ['exp', 'iat'],
      currentDate: new Date(nowMs),
      clockTolerance: CLOCK_TOLERANCE_S,
      ...(jwt.subject === undefined ? {} : { subject: jwt.subject }),
    });
    const { exp = 0, iat = 0, sub } = payload;
    if (exp - iat > jwt.maxAgeSeconds) return null;
    return { actor: `jwt:${sub ?? jwt.issuer}`, source: source.name, actions: new Set(jwt.actions), objects: null };
  } catch {
    return null;
  }
}
