import { Agent, request, type Dispatcher } from 'undici';
import { classifyAnswer, classifyException } from './classify-failure';
import { sendInTime, TooLate } from './send-in-time';
import { TokenRefused } from './token-source';
import type { Authorizer, CallFailure, RestletAnswer, RestletCall } from './types';

export interface RestletClient {
  call(call: RestletCall): Promise<RestletAnswer>;
  /** Ends every connection; calls under way are answered as lost. */
  close(): Promise<void>;
}

/** Connections are kept and reused; a connection takes five seconds at most to come about. */
export const makeAgent = (connectMs: number, connections: number): Agent =>
  new Agent({ connect: { timeout: connectMs }, connections, pipelining: 1, keepAliveTimeout: 30_000 });

/** Calls RESTlets of one account. Never throws: what went wrong is part of the answer. */
export function makeRestletClient(baseUrl: string, authorizer: Authorizer, agent: Agent): RestletClient {
  return {
    async call(call) {
      const started = performance.now();
      const answer = await callOnce(baseUrl, authorizer, agent, call);
      const refused = 'failure' in answer && answer.failure.status === 401 ? answer.authorization : undefined;
      const expired = refused !== undefined && authorizer.renew(refused);
      const final = expired ? await callOnce(baseUrl, authorizer, agent, call) : answer;
      const ms = Math.round(performance.now() - started);
      return 'body' in final ? { ok: true, body: final.body, ms } : { ok: false, failure: final.failure, ms };
    },
    close: () => agent.destroy(),
  };
}

export function restletUrl(baseUrl: string, call: Pick<RestletCall, 'script' | 'deploy' | 'query'>): URL {
  const url = new URL('/app/site/hosting/restlet.nl', baseUrl);
  for (const [name, value] of Object.entries({ script: call.script, deploy: call.deploy, ...call.query }))
    url.searchParams.set(name, value);
  return url;
}

/** `authorization` is what the call was sent with; without it there was no token. */
type Once = { body: unknown } | { failure: CallFailure; authorization?: string };

async function callOnce(baseUrl: string, authorizer: Authorizer, agent: Dispatcher, call: RestletCall): Promise<Once> {
  const url = restletUrl(baseUrl, call);
  let authorization: string;
  try {
    authorization = await authorizer.header(call.method, url);
  } catch (error) {
    return { failure: withoutCredentials(error) };
  }
  try {
    const answer = await request(url, {
      method: call.method,
      headers: {
        authorization,
        // Without it a RESTlet must answer plain text (Oracle page section_4619215993).
        'content-type': 'application/json',
        accept: 'application/json',
        ...(call.traceparent ? { traceparent: call.traceparent } : {}),
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      headersTimeout: call.answerMs,
      bodyTimeout: call.answerMs,
      dispatcher: call.stillInTime ? agent.compose(sendInTime(call.stillInTime)) : agent,
    });
    const text = await answer.body.text();
    const retryAfter = answer.headers['retry-after'];
    if (answer.statusCode !== 200) {
      const failure = classifyAnswer(answer.statusCode, text, typeof retryAfter === 'string' ? retryAfter : null);
      return { failure, authorization };
    }
    return { body: JSON.parse(text) as unknown };
  } catch (error) {
    return { failure: error instanceof TooLate ? TOO_LATE : classifyException(error) };
  }
}

const TOO_LATE: CallFailure = {
  kind: 'late',
  class: 'transient',
  code: 'LEASE_TOO_OLD',
  message: 'Not sent: too much time had passed since the slot was taken, so that another relay may have it by now',
  status: null,
  login: false,
};

/** No token, no call: a refusal of the credentials, or a token endpoint that can't be reached. */
function withoutCredentials(error: unknown): CallFailure {
  if (error instanceof TokenRefused) {
    const down = error.status >= 500;
    const login = !down && error.status !== 429;
    return {
      // Out of order, as if it could not be reached: that is no operation's fault, however often it is tried.
      kind: down ? 'unsent' : 'refused',
      class: login ? 'permission' : down ? 'transient' : 'throttle',
      code: error.code,
      message: error.message,
      status: error.status,
      login,
    };
  }
  return { ...classifyException(error), kind: 'unsent' };
}
