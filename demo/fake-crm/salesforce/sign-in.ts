import { createPublicKey, randomBytes, verify } from 'node:crypto';
import type { Answer } from '../loopback-server';

export interface ConnectedApp {
  clientId: string;
  clientSecret: string;
  /** Certificate or public key (PEM) that was uploaded to the app, and who is allowed to sign in with it. */
  certificate?: string;
  usernames?: readonly string[];
  audience?: string;
  /** What a person's sign-in left. */
  refreshToken?: string;
}

const refuse = (error: string, description: string): Answer => ({
  status: 400,
  body: { error, error_description: description },
});

/** Longest life of an assertion, in seconds. */
const ASSERTION_S = 300;

/** The token endpoint: JWT bearer with the app's certificate, or client credentials. A token lives `lifeMs`. */
export class SignIn {
  readonly #app: ConnectedApp;
  readonly #now: () => number;
  readonly #tokens = new Map<string, number>();
  lifeMs = 2 * 3600_000;
  /** Whether the app exchanges a refresh token each time (its policy "refresh token rotation"). */
  rotates = false;
  /** A refresh token ends when nobody used it for so long. */
  refreshLifeMs = 90 * 86_400_000;
  #refresh: { token: string; until: number } | null = null;
  /** How often someone signed in. */
  count = 0;

  constructor(app: ConnectedApp, now: () => number) {
    this.#app = app;
    this.#now = now;
  }

  isValid(token: string): boolean {
    return this.#now() < (this.#tokens.get(token) ?? 0);
  }

  endAll(): void {
    this.#tokens.clear();
  }

  answer(form: URLSearchParams, instanceUrl: string): Answer {
    const grant = form.get('grant_type');
    const problem =
      grant === 'urn:ietf:params:oauth:grant-type:jwt-bearer'
        ? this.#checkAssertion(form.get('assertion') ?? '')
        : grant === 'client_credentials'
          ? this.#checkSecret(form)
          : grant === 'refresh_token'
            ? this.#checkRefresh(form)
            : refuse('unsupported_grant_type', 'grant type not supported');
    if (problem) return problem;
    const token = `00D000000000001!${randomBytes(24).toString('base64url')}`;
    this.#tokens.set(token, this.#now() + this.lifeMs);
    this.count += 1;
    const id = `${instanceUrl}/id/00D000000000001EAA/005000000000001AAA`;
    return {
      status: 200,
      body: {
        access_token: token,
        instance_url: instanceUrl,
        id,
        token_type: 'Bearer',
        scope: 'api',
        ...(grant === 'refresh_token' && this.rotates ? { refresh_token: this.#refresh?.token } : {}),
      },
    };
  }

  #checkRefresh(form: URLSearchParams): Answer | null {
    const wrong = this.#checkSecret(form);
    const now = this.#now();
    const until = now + this.refreshLifeMs;
    const given = this.#app.refreshToken;
    if (given !== undefined) this.#refresh ??= { token: given, until };
    if (wrong || !this.#refresh) return wrong ?? refuse('invalid_grant', 'expired access/refresh token');
    if (form.get('refresh_token') !== this.#refresh.token || now > this.#refresh.until)
      return refuse('invalid_grant', 'expired access/refresh token');
    this.#refresh = { token: this.rotates ? randomBytes(24).toString('base64url') : this.#refresh.token, until };
    return null;
  }

  #checkSecret(form: URLSearchParams): Answer | null {
    if (form.get('client_id') !== this.#app.clientId) return refuse('invalid_client_id', 'client identifier invalid');
    return form.get('client_secret') === this.#app.clientSecret
      ? null
      : refuse('invalid_client', 'invalid client credentials');
  }

  #checkAssertion(assertion: string): Answer | null {
    const { clientId, certificate, usernames, audience = 'https://login.salesforce.com' } = this.#app;
    const [head = '', body = '', signature = ''] = assertion.split('.');
    let claims: { iss?: string; sub?: string; aud?: string; exp?: number };
    try {
      claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as typeof claims;
    } catch {
      return refuse('invalid_grant', 'invalid assertion');
    }
    if (claims.iss !== clientId) return refuse('invalid_client_id', 'client identifier invalid');
    const nowS = this.#now() / 1000;
    const { exp = 0 } = claims;
    if (exp <= nowS || exp > nowS + ASSERTION_S) return refuse('invalid_grant', 'expired authorization code');
    if (claims.aud !== audience) return refuse('invalid_grant', 'audience is invalid');
    const genuine =
      certificate !== undefined &&
      verify(
        'RSA-SHA256',
        Buffer.from(`${head}.${body}`),
        createPublicKey(certificate),
        Buffer.from(signature, 'base64url'),
      );
    if (!genuine) return refuse('invalid_grant', 'invalid assertion');
    return usernames && !usernames.includes(claims.sub ?? '')
      ? refuse('invalid_grant', "user hasn't approved this consumer")
      : null;
  }
}
