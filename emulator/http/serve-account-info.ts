import { ADMINISTRATOR } from '../auth/users';
import { LoginRefused } from '../auth/refusal';
import { accountLimit, unallocatedLimit } from '../concurrency/account-limit';
import type { HttpExchange } from '../kernel/types';
import type { Front } from './front';
import { JSON_TYPE, replyLoginRefused, replyProblem } from './problem';

/** `governanceLimits`: the account's concurrency figures, for the Administrator only (page article_0625010817). */
export function serveGovernanceLimits(exchange: HttpExchange, front: Front): void {
  try {
    const { integration, role } = front.authenticate(exchange, 'rest_webservices');
    if (role !== ADMINISTRATOR.role) {
      const detail = 'Permission Violation: only an Administrator can read the governance limits.';
      return replyProblem(exchange, 'Forbidden', 403, detail, 'INSUFFICIENT_PERMISSION');
    }
    exchange.reply(200, JSON_TYPE, JSON.stringify(limitsOf(front, integration)));
  } catch (error) {
    if (!(error instanceof LoginRefused)) throw error;
    replyLoginRefused(exchange);
  }
}

function limitsOf({ account }: Front, integration: string): object {
  const own = account.settings.integrations.find(({ name }) => name === integration)?.concurrencyLimit;
  const shared = {
    accountConcurrencyLimit: accountLimit(account.settings),
    accountUnallocatedConcurrencyLimit: unallocatedLimit(account.settings),
  };
  if (own === undefined) return { ...shared, integrationLimitType: 'accountLimit' };
  return { ...shared, integrationConcurrencyLimit: own, integrationLimitType: 'integrationSpecific' };
}

/** `datacenterurls`: where the account's services are; needs no login (page section_1498251763). */
export function serveDatacenterUrls(exchange: HttpExchange, { baseUrl }: Front): void {
  exchange.reply(
    200,
    JSON_TYPE,
    JSON.stringify({ restDomain: baseUrl, webservicesDomain: baseUrl, systemDomain: baseUrl }),
  );
}
