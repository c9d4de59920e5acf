import type { Dispatcher } from 'undici';
import * as z from 'zod';
import { assertAllowedUrl } from '../../security/guard-target';
import { callCrm, callForBytes, callForToken, CrmCallError, type CrmAnswer, type CrmCall } from '../http-call';
import { RefreshToken, type Cursors } from '../refresh-token';

export const hubspotOptionsSchema = z
  .looseObject({
    name: z.string(),
    baseUrl: z.string().default('https://api.hubapi.com'),
    /** Host names that may resolve to private addresses. */
    allowPrivateHosts: z.array(z.string()).optional(),
    /** Token of a private app. */
    token: z.string().min(1).optional(),
    /** A public app signs in with the refresh token of its installation. */
    oauth: z
      .strictObject({
        clientId: z.string().min(1),
        clientSecret: z.string().min(1),
        refreshToken: z.string().min(1),
      })
      .optional(),
  })
  .refine((options) => (options.token === undefined) !== (options.oauth === undefined), {
    error: 'give token (private app) or oauth (public app)',
    path: ['token'],
  });
export type HubSpotOptions = z.infer<typeof hubspotOptionsSchema>;

/** A token is renewed when so much of its life is over. */
const LIFE_SHARE = 0.8;

/** Calls of one portal, signed in by a fixed token or by a refresh token. */
export class HubSpotClient {
  readonly #options: HubSpotOptions;
  readonly #dispatcher: Dispatcher | undefined;
  readonly #now: () => number;
  readonly #refreshToken: RefreshToken | null;
  #current: { token: string; until: number } | null = null;
  #refresh: Promise<string> | null = null;

  constructor(options: HubSpotOptions, deps: { now?: () => number; dispatcher?: Dispatcher; store?: Cursors }) {
    this.#options = options;
    this.#now = deps.now ?? Date.now;
    this.#dispatcher = deps.dispatcher;
    const { name, oauth } = options;
    this.#refreshToken = oauth ? new RefreshToken(oauth.refreshToken, name, deps.store) : null;
  }

  post(path: string, body: unknown, signal: AbortSignal): Promise<CrmAnswer> {
    return this.call('POST', path, body, signal);
  }

  patch(path: string, body: unknown, signal: AbortSignal): Promise<CrmAnswer> {
    return this.call('PATCH', path, body, signal);
  }

  get(path: string, signal: AbortSignal): Promise<CrmAnswer> {
    return this.call('GET', path, undefined, signal);
  }

  /** Bytes behind a link that HubSpot gave out; the link is its own permission. Throws `ContentTooLarge` beyond `most`. */
  download(url: string, most: number, signal: AbortSignal): Promise<Buffer> {
    assertAllowedUrl(url, this.#options.allowPrivateHosts ?? []);
    return callForBytes({ url, headers: {}, most, signal, dispatcher: this.#dispatcher });
  }

  async call(method: CrmCall['method'], path: string, body: unknown, signal: AbortSignal): Promise<CrmAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const token = await this.#token(signal);
      const headers = { authorization: `Bearer ${token}` };
      const url = this.#options.baseUrl + path;
      try {
        return await callCrm({ method, url, headers, body, signal, dispatcher: this.#dispatcher });
      } catch (error) {
        const ended = error instanceof CrmCallError && error.status === 401 && this.#options.oauth !== undefined;
        if (!ended || attempt > 1) throw error;
        if (this.#current?.token === token) this.#current = null;
      }
    }
  }

  async #token(signal: AbortSignal): Promise<string> {
    if (this.#options.token !== undefined) return this.#options.token;
    if (this.#current && this.#now() < this.#current.until) return this.#current.token;
    this.#refresh ??= this.#signIn(signal).finally(() => (this.#refresh = null));
    return this.#refresh;
  }

  async #signIn(signal: AbortSignal): Promise<string> {
    const { clientId, clientSecret } = this.#options.oauth!;
    const answer = await this.#refreshToken!.use(async (refreshToken) => {
      const form = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      });
      const url = `${this.#options.baseUrl}/oauth/v1/token`;
      const body = await callForToken({ method: 'POST', url, headers: {}, form, signal, dispatcher: this.#dispatcher });
      return body as { access_token: string; expires_in: number };
    });
    const { access_token: token, expires_in: seconds } = answer;
    this.#current = { token, until: this.#now() + seconds * 1000 * LIFE_SHARE };
    return token;
  }
}
