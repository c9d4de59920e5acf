import type { HttpExchange } from '../kernel/types';

export const JSON_TYPE = { 'content-type': 'application/json' };

const LOGIN_DETAIL =
  'Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at Setup > Users/Roles > User Management > View Login Audit Trail.';

/** An error as REST web services answer it. */
export function replyProblem(
  exchange: HttpExchange,
  title: string,
  status: number,
  detail: string,
  code: string,
): void {
  const type = 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15';
  const body = { type, title, status, 'o:errorDetails': [{ detail, 'o:errorCode': code }] };
  exchange.reply(status, JSON_TYPE, JSON.stringify(body));
}

export const replyLoginRefused = (exchange: HttpExchange): void =>
  replyProblem(exchange, 'Unauthorized', 401, LOGIN_DETAIL, 'INVALID_LOGIN');
