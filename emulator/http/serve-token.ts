import { issueToken, TokenRefused } from '../auth/token-endpoint';
import type { HttpExchange } from '../kernel/types';
import type { Front } from './front';

export const TOKEN_PATH = '/services/rest/auth/oauth2/v1/token';

/** The OAuth 2.0 token endpoint of the client credentials flow (page section_162755359851). */
export async function serveToken(exchange: HttpExchange, front: Front): Promise<void> {
  const { account, gate } = front;
  try {
    if (exchange.method !== 'POST') throw new TokenRefused('invalid_request', 'method');
    const form = new URLSearchParams(exchange.body.toString('utf8'));
    const token = await issueToken(account, gate.credentials, gate.bearer, form, audiences(exchange, front));
    gate.note({ status: 'Success', detail: 'token issued', scheme: 'OAuth 2.0' });
    exchange.reply(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }, JSON.stringify(token));
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    gate.note({ status: 'Failure', detail: `${error.error}: ${error.detail}`, scheme: 'OAuth 2.0' });
    exchange.reply(400, { 'content-type': 'application/json' }, JSON.stringify({ error: error.error }));
  }
}

/** This endpoint under the hosts of the account that a real client would use, and under the address it was called by. */
function audiences({ url }: HttpExchange, { account, baseUrl }: Front): string[] {
  const host = account.settings.accountId.toLowerCase().replaceAll('_', '-');
  const real = ['suitetalk', 'restlets'].map((service) => `https://${host}.${service}.api.netsuite.com${TOKEN_PATH}`);
  return [
    ...real,
    `${baseUrl}${TOKEN_PATH}`,
    `${url.origin}${TOKEN_PATH}`,
    `${url.origin.replace(/^http:/, 'https:')}${TOKEN_PATH}`,
  ];
}
