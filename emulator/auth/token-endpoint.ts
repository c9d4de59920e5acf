import { decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import type { Account } from '../kernel/types';
import type { CertificateMapping, CredentialBook } from './credentials';
import type { BearerTokens, IssuedToken } from './bearer-tokens';

const ALGORITHMS = ['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const SCOPES = ['restlets', 'rest_webservices', 'suite_analytics'];
const MAX_LIFE_SECONDS = 3600;

/** A refusal of the token endpoint: always 400 with this JSON. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type' | 'invalid_scope';
  readonly detail: string;
  constructor(error: TokenRefused['error'], detail: string) {
    super(`${error}: ${detail}`);
    this.error = error;
    this.detail = detail;
  }
}

/**
 * OAuth 2.0 client credentials: checks the assertion and issues an access token for 60 minutes (pages section_162755359851,
 * section_162790605110). `audiences` are the URLs of this endpoint under any host of the account.
 */
export async function issueToken(
  account: Account,
  credentials: CredentialBook,
  tokens: BearerTokens,
  form: URLSearchParams,
  audiences: string[],
): Promise<IssuedToken> {
  if (form.get('grant_type') !== 'client_credentials') throw new TokenRefused('unsupported_grant_type', 'grant_type');
  if (form.get('client_assertion_type') !== ASSERTION_TYPE)
    throw new TokenRefused('invalid_request', 'client_assertion_type');
  const assertion = form.get('client_assertion');
  if (!assertion) throw new TokenRefused('invalid_request', 'client_assertion');
  const mapping = mappingOf(account, credentials, assertion);
  const payload = await verified(account, assertion, mapping, audiences);
  const integration = credentials.integrations.get(mapping.integration);
  if (!integration || payload.iss !== integration.clientId)
    throw new TokenRefused('invalid_client', 'iss is not the client of this certificate');
  if (integration.state === 'blocked') throw new TokenRefused('invalid_client', 'the integration is blocked');
  const { entity, role } = mapping;
  return tokens.issue({ integration: integration.name, entity, role }, scopesOf(payload));
}

function mappingOf(account: Account, credentials: CredentialBook, assertion: string): CertificateMapping {
  const header = headerOf(assertion);
  if (!ALGORITHMS.includes(header.alg ?? ''))
    throw new TokenRefused('invalid_client', `alg ${String(header.alg)} is not accepted`);
  const mapping = credentials.certificates.get(header.kid ?? '');
  if (!mapping || mapping.revoked) throw new TokenRefused('invalid_client', 'kid names no active certificate');
  if (mapping.notAfter <= account.clock.now()) throw new TokenRefused('invalid_client', 'the certificate has expired');
  return mapping;
}

function headerOf(assertion: string): { alg?: string; kid?: string } {
  try {
    return decodeProtectedHeader(assertion);
  } catch {
    throw new TokenRefused('invalid_request', 'client_assertion is no JWT');
  }
}

async function verified(
  account: Account,
  assertion: string,
  mapping: CertificateMapping,
  audiences: string[],
): Promise<JWTPayload> {
  const now = new Date(account.clock.now());
  const payload = await jwtVerify(assertion, mapping.publicKey, {
    algorithms: ALGORITHMS,
    currentDate: now,
    clockTolerance: 5,
  })
    .then((result) => result.payload)
    .catch((error: { code?: string }) => {
      const late = error.code === 'ERR_JWT_EXPIRED' || error.code === 'ERR_JWT_CLAIM_VALIDATION_FAILED';
      throw new TokenRefused(late ? 'invalid_grant' : 'invalid_client', `assertion: ${String(error.code)}`);
    });
  const { iat, exp, aud } = payload;
  if (iat === undefined || exp === undefined) throw new TokenRefused('invalid_request', 'iat and exp are required');
  if (exp - iat > MAX_LIFE_SECONDS) throw new TokenRefused('invalid_grant', 'exp is more than 60 minutes after iat');
  if (iat > now.getTime() / 1000 + 300) throw new TokenRefused('invalid_grant', 'iat lies in the future');
  if (![aud].flat().some((each) => each !== undefined && audiences.includes(each)))
    throw new TokenRefused('invalid_grant', 'aud is not this endpoint');
  return payload;
}

/** Oracle's text says comma separated, its sample sends an array; spaces are what OAuth 2.0 says. */
function scopesOf({ scope }: JWTPayload): string[] {
  const list = Array.isArray(scope) ? scope.map(String) : typeof scope === 'string' ? scope.split(/[\s,]+/) : [];
  const wanted = list.filter((each) => each !== '');
  if (wanted.length === 0 || wanted.some((each) => !SCOPES.includes(each)))
    throw new TokenRefused('invalid_scope', 'scope');
  return wanted;
}
