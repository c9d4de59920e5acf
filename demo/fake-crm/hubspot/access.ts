import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer, Call } from '../loopback-server';

export interface PortalLimits {
  perTenSeconds: number;
  perDay: number;
  /** Searches in a second. */
  searches: number;
}

export interface PortalApp {
  /** Token of a private app. */
  token: string;
  /** What a public app signs in with. */
  oauth?: { clientId: string; clientSecret: string; refreshToken: string };
  scopes?: readonly string[];
  appId?: number;
  portalId?: number;
}

export const problem = (status: number, category: string, message: string, more: object = {}): Answer => ({
  status,
  body: { status: 'error', message, correlationId: randomUUID(), category, ...more },
});

const LIMITS: Readonly<Record<string, string>> = {
  TEN_SECONDLY_ROLLING: 'You have reached your ten_secondly_rolling limit.',
  SECONDLY: 'You have reached your secondly limit.',
  DAILY: 'You have reached your daily limit.',
};

export const limited = (policyName: string): Answer =>
  problem(429, 'RATE_LIMITS', LIMITS[policyName]!, { policyName, errorType: 'RATE_LIMIT' });

/** Notes are covered by the scope of contacts. */
const OTHER_SCOPES: Readonly<Record<string, string>> = {
  files: 'files',
  notes: 'crm.objects.contacts.read',
  products: 'e-commerce',
  tickets: 'tickets',
};

/** Objects whose properties the shop's scope covers too. */
const SHOP = new Set(['products', 'line_items', 'quotes']);

/** Who may call, and how often. */
export class Access {
  readonly #app: PortalApp;
  readonly #limits: PortalLimits;
  readonly #now: () => number;
  readonly #tokens = new Map<string, number>();
  #window: number[] = [];
  #searches: number[] = [];
  #day = 0;
  refreshes = 0;

  constructor(app: PortalApp, limits: PortalLimits, now: () => number) {
    this.#app = app;
    this.#limits = limits;
    this.#now = now;
  }

  endTokens(): void {
    this.#tokens.clear();
  }

  /** POST /oauth/v1/token with a refresh token. */
  refresh(form: URLSearchParams): Answer {
    const { oauth } = this.#app;
    const right =
      oauth !== undefined &&
      form.get('grant_type') === 'refresh_token' &&
      form.get('client_id') === oauth.clientId &&
      form.get('client_secret') === oauth.clientSecret &&
      form.get('refresh_token') === oauth.refreshToken;
    if (!right) return problem(400, 'BAD_REFRESH_TOKEN', 'missing or unknown refresh token');
    this.refreshes += 1;
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, this.#now() + 1_800_000);
    return {
      status: 200,
      body: { access_token: token, refresh_token: oauth.refreshToken, expires_in: 1800, token_type: 'bearer' },
    };
  }

  /** Why a call is not let in; null when it is. */
  refuse(call: Call): Answer | null {
    const token = call.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if (token !== this.#app.token && this.#now() >= (this.#tokens.get(token) ?? 0)) {
      return problem(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
    }
    const now = this.#now();
    this.#window = this.#window.filter((at) => at > now - 10_000);
    this.#searches = this.#searches.filter((at) => at > now - 1_000);
    if (this.#day >= this.#limits.perDay) return limited('DAILY');
    if (this.#window.length >= this.#limits.perTenSeconds) return limited('TEN_SECONDLY_ROLLING');
    const search = call.path.endsWith('/search');
    if (search && this.#searches.length >= this.#limits.searches) return limited('SECONDLY');
    this.#window.push(now);
    if (search) this.#searches.push(now);
    this.#day += 1;
    return null;
  }

  /** 403 where the app lacks a scope that the call needs. */
  lacksScope(object: string, write: boolean): Answer | null {
    return this.#lacksAll([OTHER_SCOPES[object] ?? `crm.objects.${object}.${write ? 'write' : 'read'}`]);
  }

  /** The same for the properties of an object: who may read its records may read them too. */
  lacksSchemaScope(object: string, write: boolean): Answer | null {
    const own = OTHER_SCOPES[object] ?? (SHOP.has(object) ? 'e-commerce' : undefined);
    const enough = write
      ? [`crm.schemas.${object}.write`]
      : [`crm.schemas.${object}.read`, `crm.objects.${object}.read`];
    return this.#lacksAll([...enough, ...(own === undefined ? [] : [own])]);
  }

  /** 403 where the app has none of the scopes, any of which would do. */
  #lacksAll(enough: readonly string[]): Answer | null {
    const { scopes } = this.#app;
    if (scopes === undefined || enough.some((scope) => scopes.includes(scope))) return null;
    const message = 'This app hasn’t been granted all required scopes to make this call.';
    return problem(403, 'MISSING_SCOPES', message, {
      errors: [{ message, context: { requiredGranularScopes: enough } }],
    });
  }

  /** What `token-info` tells of a private app. */
  info(): object {
    const { portalId = 62515, appId = 54321, scopes = [] } = this.#app;
    return { hubId: portalId, appId, userId: 1, scopes };
  }

  headers(): Record<string, string> {
    const { perTenSeconds, perDay } = this.#limits;
    return {
      'x-hubspot-ratelimit-daily': String(perDay),
      'x-hubspot-ratelimit-daily-remaining': String(perDay - this.#day),
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-max': String(perTenSeconds),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, perTenSeconds - this.#window.length)),
    };
  }
}
