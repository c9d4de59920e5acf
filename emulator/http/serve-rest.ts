import { LoginRefused } from '../auth/refusal';
import { settingOf } from '../kernel/setting-of';
import type { HttpExchange } from '../kernel/types';
import type { Front } from './front';
import { replyLoginRefused, replyProblem } from './problem';

/** Records and queries of REST web services (SuiteTalk). */
export const REST_PATHS = ['/services/rest/record/', '/services/rest/query/'];

/**
 * REST web services draw on the same slots as RESTlets and are told so in a way of their own: 429 instead of 400 (page
 * bridgehead_1525252812). The code is not published: setting `restLimitErrorCode`. What they would do with a slot is not served here, and
 * says so.
 */
export function serveRest(exchange: HttpExchange, front: Front): void {
  try {
    const { integration } = front.authenticate(exchange, 'rest_webservices');
    const slot = front.admission.admit(integration);
    if (!slot) {
      const code = settingOf(front.account, 'restLimitErrorCode', 'CONCURRENCY_LIMIT_EXCEEDED');
      return replyProblem(exchange, 'Too Many Requests', 429, 'Concurrent request limit exceeded.', code);
    }
    slot.release();
    const detail = `The emulator does not serve ${exchange.method} ${exchange.url.pathname}: REST web services have no records and queries here.`;
    replyProblem(exchange, 'Not Implemented', 501, detail, 'EMULATOR_UNSUPPORTED');
  } catch (error) {
    if (!(error instanceof LoginRefused)) throw error;
    replyLoginRefused(exchange);
  }
}
