import { readFileSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
import { ConfigError } from '../config/config-error';
import type { JwtConfig, SourceConfig } from '../config/schema-sources';
import type { Principal } from './principal';

/** How far clocks may differ, in seconds. */
const CLOCK_TOLERANCE_S = 30;

/** The keys of an identity provider can't be read at present: whether a token is good can't be said. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable' as const;
  readonly source: string;
  constructor(source: string, cause: unknown) {
    super(`The keys of the source ${source} (jwt.jwksUrl) can't be read: ${String(cause)}`, { cause });
    this.source = source;
  }
}

interface Issuer {
  source: SourceConfig;
  jwt: JwtConfig;
  keys: JWTVerifyGetKey;
}

/** Bearer tokens of an identity provider: signature by its published keys, `iss`, `aud`, and a short life (`exp` - `iat`). */
export class JwtIssuers {
  readonly #issuers: readonly Issuer[];

  /** Throws `ConfigError` for a file of keys that can't be used. */
  constructor(sources: readonly SourceConfig[]) {
    this.#issuers = sources.flatMap((source, at) =>
      source.jwt ? [{ source, jwt: source.jwt, keys: keySet(source.name, source.jwt, at) }] : [],
    );
  }

  /**
   * Null when the token is not good; it is never told why to the caller. Throws `KeysUnavailable` when that can't be known: keys that can't be read
   * stand in the way of no other source that the token may be for.
   */
  async verify(token: string, nowMs: number): Promise<Principal | null> {
    let unknown: KeysUnavailable | null = null;
    for (const issuer of this.#candidates(token)) {
      try {
        const principal = await verifyWith(issuer, token, nowMs);
        if (principal) return principal;
      } catch (error) {
        if (!(error instanceof KeysUnavailable)) throw error;
        unknown ??= error;
      }
    }
    if (unknown) throw unknown;
    return null;
  }

  /** Sources that share an identity provider are told apart by audience and subject; one that names its subject comes first. */
  #candidates(token: string): readonly Issuer[] {
    try {
      const { iss, aud, sub } = decodeJwt(token);
      const audiences = Array.isArray(aud) ? aud : [aud];
      return this.#issuers
        .filter(({ jwt }) => jwt.issuer === iss && audiences.includes(jwt.audience))
        .filter(({ jwt }) => jwt.subject === undefined || jwt.subject === sub)
        .toSorted((one, other) => Number(other.jwt.subject !== undefined) - Number(one.jwt.subject !== undefined));
    } catch {
      return [];
    }
  }
}

function keySet(source: string, jwt: JwtConfig, at: number): JWTVerifyGetKey {
  if (jwt.jwksFile !== undefined) return readKeySet(jwt.jwksFile, at);
  const keys = createRemoteJWKSet(new URL(jwt.jwksUrl ?? ''), { timeoutDuration: 5_000, cooldownDuration: 30_000 });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      // The keys were read; what the token names is not among them, or fits several.
      if (TOKENS_FAULT.some((fault) => error instanceof fault)) throw error;
      throw new KeysUnavailable(source, error);
    }
  };
}

function readKeySet(file: string, at: number): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet);
  } catch (error) {
    const message = `${file} is no set of public keys (JWKS) that can be read: ${(error as Error).message}`;
    throw new ConfigError('configuration', [{ path: `sources.${at}.jwt.jwksFile`, message }]);
  }
}

const TOKENS_FAULT = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported] as const;

async function verifyWith({ source, jwt, keys }: Issuer, token: string, nowMs: number): Promise<Principal | null> {
  try {
    const { payload } = await verifySigned(token, keys, {
      issuer: jwt.issuer,
      audience: jwt.audience,
      algorithms: jwt.algorithms,
      requiredClaims: ['exp', 'iat'],
      // Refuses a token from a time ahead, too: one made for 2099 with a short life would be good for all the years until then.
      maxTokenAge: jwt.maxAgeSeconds,
      currentDate: new Date(nowMs),
      clockTolerance: CLOCK_TOLERANCE_S,
      ...(jwt.subject === undefined ? {} : { subject: jwt.subject }),
    });
    const { exp = 0, iat = 0, sub } = payload;
    if (exp - iat > jwt.maxAgeSeconds) return null;
    return { actor: `jwt:${sub ?? jwt.issuer}`, source: source.name, actions: new Set(jwt.actions), objects: null };
  } catch (error) {
    if (error instanceof KeysUnavailable) throw error;
    return null;
  }
}

/** A token need not name its key (RFC 7515, 4.1.4). While keys are changed there are two of a kind then: each is tried. */
async function verifySigned(token: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions) {
  try {
    return await jwtVerify(token, keys, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return await jwtVerify(token, key, options);
      } catch (other) {
        if (!(other instanceof errors.JWSSignatureVerificationFailed)) throw other;
      }
    }
    throw error;
  }
}
