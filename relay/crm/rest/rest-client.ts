import type { Dispatcher } from 'undici';
import { callCrm, callForToken, CrmCallError, SignInRefused, type CrmAnswer, type CrmCall } from '../http-call';
import { RefreshToken, type Cursors } from '../refresh-token';
import type { RestOptions } from './rest-options';

const LIFE_SHARE = 0.8;
/** Life of a token whose answer does not tell it, in seconds. */
const UNTOLD_LIFE_S = 1_800;

/** Calls of a CRM by configuration, signed in by a fixed token or a refresh token. */
export class RestClient {
  readonly #options: RestOptions;
  readonly #dispatcher: Dispatcher | undefined;
  readonly #now: () => number;
  readonly #refreshToken: RefreshToken | null;
  #current: { token: string; until: number } | null = null;
  #refresh: Promise<string> | null = null;

  constructor(options: RestOptions, deps: { now?: () => number; dispatcher?: Dispatcher; store?: Cursors }) {
    this.#options = options;
    this.#now = deps.now ?? Date.now;
    this.#dispatcher = deps.dispatcher;
    const { name, auth } = options;
    this.#refreshToken = auth.type === 'refreshToken' ? new RefreshToken(auth.refreshToken, name, deps.store) : null;
  }

  async call(method: CrmCall['method'], path: string, body: unknown, signal: AbortSignal): Promise<CrmAnswer> {
    const { auth, baseUrl } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      const token = await this.#token(signal);
      const headers = { authorization: `${auth.scheme} ${token}` };
      try {
        return await callCrm({ method, url: baseUrl + path, headers, body, signal, dispatcher: this.#dispatcher });
      } catch (error) {
        const ended = error instanceof CrmCallError && error.status === 401 && auth.type === 'refreshToken';
        if (!ended || attempt > 1) throw error;
        if (this.#current?.token === token) this.#current = null;
      }
    }
  }

  async #token(signal: AbortSignal): Promise<string> {
    const { auth } = this.#options;
    if (auth.type === 'token') return auth.token;
    if (this.#current && this.#now() < this.#current.until) return this.#current.token;
    this.#refresh ??= this.#signIn(auth, signal).finally(() => (this.#refresh = null));
    return this.#refresh;
  }

  async #signIn(auth: Extract<RestOptions['auth'], { type: 'refreshToken' }>, signal: AbortSignal): Promise<string> {
    const answer = await this.#refreshToken!.use(async (refreshToken) => {
      const form = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: auth.clientId,
        client_secret: auth.clientSecret,
        refresh_token: refreshToken,
      });
      const call = { method: 'POST' as const, url: auth.tokenUrl, headers: {}, form, signal };
      const body = (await callForToken({ ...call, dispatcher: this.#dispatcher })) as TokenAnswer;
      // Some answer 200 with an error inside.
      if (body.access_token === undefined) throw new SignInRefused(400, body, undefined);
      return { ...body, access_token: body.access_token };
    });
    const lifeMs = (answer.expires_in ?? UNTOLD_LIFE_S) * 1000 * LIFE_SHARE;
    this.#current = { token: answer.access_token, until: this.#now() + lifeMs };
    return answer.access_token;
  }
}

interface TokenAnswer {
  access_token?: string;
  expires_in?: number;
  refresh_token?: string;
}
