import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { callForToken } from '../http-call';
import { RefreshToken, type Cursors } from '../refresh-token';

export const salesforceAuthSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('jwt'),
    /** Consumer key of the connected app. */
    clientId: z.string().min(1),
    username: z.string().min(1),
    privateKeyFile: z.string().optional(),
    privateKey: z.string().optional(),
    /** The certificate that was uploaded to the app, PEM: only read for when it ends. */
    certificateFile: z.string().optional(),
    /** `https://login.salesforce.com`, `https://test.salesforce.com` or the My Domain. */
    audience: z.string().default('https://login.salesforce.com'),
    tokenUrl: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('clientCredentials'),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    tokenUrl: z.string().optional(),
  }),
  z.strictObject({
    /** What a person's sign-in in the browser left (web server flow); the org may exchange it for another each time. */
    type: z.literal('refreshToken'),
    clientId: z.string().min(1),
    /** Not needed where the app does not ask for it. */
    clientSecret: z.string().min(1).optional(),
    refreshToken: z.string().min(1),
    tokenUrl: z.string().optional(),
  }),
]);
export type SalesforceAuth = z.infer<typeof salesforceAuthSchema>;

/** Salesforce does not say how long a token lives (the session timeout, two hours by default): a new one at 80 % of that, in ms. */
const TOKEN_LIFE_MS = 0.8 * 2 * 3600 * 1000;
const ASSERTION_LIFE_S = 180;

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The JWT bearer assertion: RS256, `exp` in seconds, at most three minutes ahead. */
export function makeAssertion(auth: Extract<SalesforceAuth, { type: 'jwt' }>, key: string, nowMs: number): string {
  const claims = {
    iss: auth.clientId,
    sub: auth.username,
    aud: auth.audience,
    exp: Math.floor(nowMs / 1000) + ASSERTION_LIFE_S,
  };
  const content = `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claims)}`;
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key, 'base64url')}`;
}

export interface Session {
  accessToken: string;
  instanceUrl: string;
  /** Id of the user whose session it is, where the answer names it. */
  userId: string | null;
}

interface TokenAnswer {
  access_token: string;
  instance_url?: string;
  /** Address of the user: it ends with the ids of org and user. */
  id?: string;
}

/** Holds one token for all callers; a login under way is shared. */
export class SalesforceSession {
  readonly #auth: SalesforceAuth;
  readonly #baseUrl: string;
  readonly #now: () => number;
  readonly #dispatcher: Dispatcher | undefined;
  readonly #refreshToken: RefreshToken | null;
  #current: { session: Session; until: number } | null = null;
  #login: Promise<Session> | null = null;

  constructor(
    { name, auth, baseUrl }: { name: string; auth: SalesforceAuth; baseUrl: string },
    deps: { now: () => number; dispatcher?: Dispatcher | undefined; store?: Cursors | undefined },
  ) {
    this.#auth = auth;
    this.#baseUrl = baseUrl;
    this.#now = deps.now;
    this.#dispatcher = deps.dispatcher;
    this.#refreshToken = auth.type === 'refreshToken' ? new RefreshToken(auth.refreshToken, name, deps.store) : null;
  }

  async get(signal: AbortSignal): Promise<Session> {
    if (this.#current && this.#now() < this.#current.until) return this.#current.session;
    this.#login ??= this.#signIn(signal).finally(() => (this.#login = null));
    return this.#login;
  }

  /** The token was refused: the next call signs in anew. */
  drop(accessToken: string): void {
    if (this.#current?.session.accessToken === accessToken) this.#current = null;
  }

  /** The same, where it is not known which token was refused. */
  end(): void {
    this.#current = null;
  }

  async #signIn(signal: AbortSignal): Promise<Session> {
    const answer = await (this.#refreshToken?.use((token) => this.#ask(this.#formOf(token), signal)) ??
      this.#ask(this.#formOf(null), signal));
    const session = {
      accessToken: answer.access_token,
      instanceUrl: answer.instance_url ?? this.#baseUrl,
      userId: /\/(005[A-Za-z0-9]{12,15})$/.exec(answer.id ?? '')?.[1] ?? null,
    };
    this.#current = { session, until: this.#now() + TOKEN_LIFE_MS };
    return session;
  }

  async #ask(form: URLSearchParams, signal: AbortSignal): Promise<TokenAnswer> {
    const url = this.#auth.tokenUrl ?? `${this.#baseUrl}/services/oauth2/token`;
    const body = await callForToken({ method: 'POST', url, headers: {}, form, signal, dispatcher: this.#dispatcher });
    return body as TokenAnswer;
  }

  #formOf(refreshToken: string | null): URLSearchParams {
    const auth = this.#auth;
    if (auth.type === 'jwt') {
      const key = auth.privateKey ?? readFileSync(auth.privateKeyFile ?? '', 'utf8');
      const assertion = makeAssertion(auth, key, this.#now());
      return new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
    }
    return new URLSearchParams({
      grant_type: auth.type === 'refreshToken' ? 'refresh_token' : 'client_credentials',
      client_id: auth.clientId,
      ...(auth.clientSecret === undefined ? {} : { client_secret: auth.clientSecret }),
      ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    });
  }
}
