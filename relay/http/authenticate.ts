import type { Request } from 'express';
import type { KeyAction, SourceConfig } from '../config/schema-sources';
import { isAdmin, mayDo } from '../security/principal';
import type { Principal } from '../security/principal';
import { KeysUnavailable } from '../security/verify-jwt';
import { pointerOf, ProblemError } from './problem';
import type { RelayServices } from './services';

const CHALLENGE = 'Bearer realm="suiterelay"';

/** Who calls, by API key or bearer token. Throws 401. */
export async function authenticate(services: RelayServices, request: Request): Promise<Principal> {
  const header = request.headers.authorization;
  const token = /^Bearer +([^\s]+)$/i.exec(header ?? '')?.[1];
  if (token === undefined) {
    throw new ProblemError('unauthorized', 'Send the header `Authorization: Bearer <API key>`.', {
      headers: { 'WWW-Authenticate': CHALLENGE },
    });
  }
  const { apiKeys, jwtIssuers } = services.settings();
  const now = services.now();
  const principal =
    apiKeys.verify(token, now) ??
    (token.split('.').length === 3 ? await jwtIssuers.verify(token, now).catch(askLater(services)) : null);
  if (!principal) {
    throw new ProblemError('unauthorized', 'The API key or token is not valid, or has expired.', {
      headers: { 'WWW-Authenticate': `${CHALLENGE}, error="invalid_token"` },
    });
  }
  return principal;
}

/** Seconds after which a caller should try again when its token could not be judged. */
const RETRY_AFTER_S = 10;

/** A caller whose token may be good must not take it for refused. */
const askLater =
  ({ log }: RelayServices) =>
  (error: unknown): never => {
    if (!(error instanceof KeysUnavailable)) throw error;
    log.warn({ source: error.source, err: error }, error.message);
    throw new ProblemError(
      'identity-unavailable',
      'The token can not be judged: the keys of its issuer can not be read.',
      {
        retryAfterS: RETRY_AFTER_S,
      },
    );
  };

/** Throws 403 when the caller may not do it. */
export function requireAction(principal: Principal, action: KeyAction): void {
  if (!mayDo(principal, action)) {
    throw new ProblemError('forbidden', `These credentials may not do this; the action ${action} is needed.`);
  }
}

/**
 * The source that a request speaks for: the caller's own, `direct` with the right to it, or any for an administrator. Throws 403.
 */
export function sourceFor(services: RelayServices, principal: Principal, named: string): SourceConfig {
  const { sources } = services.settings().config;
  const own = sources.find(({ name }) => name === principal.source);
  if (named === principal.source && own) return own;
  if (isAdmin(principal)) {
    const found = sources.find(({ name }) => name === named);
    if (found) return found;
    if (named === 'direct' && own) return { ...own, name: 'direct', kind: 'direct' };
  }
  if (named === 'direct' && own && (own.kind === 'direct' || mayDo(principal, 'direct')))
    return { ...own, kind: 'direct' };
  throw new ProblemError('forbidden', `These credentials are not those of the source ${named}.`, {
    errors: [{ pointer: '#/source', detail: `must be ${principal.source}`, code: 'forbidden' }],
  });
}

/** What a key may send: objects of the CRM, or record types where records are operations already. Throws 403. */
export function assertObjectAllowed(
  principal: Principal,
  object: string,
  at: readonly PropertyKey[] = ['object'],
): void {
  if (principal.objects !== null && !principal.objects.has(object)) {
    throw new ProblemError(
      'forbidden-object',
      `These credentials may send ${[...principal.objects].join(', ')} only.`,
      {
        errors: [{ pointer: pointerOf(at), detail: `${object} is not allowed`, code: 'forbidden-object' }],
      },
    );
  }
}

/** The NetSuite account that a source's records go to. */
export function accountOf(services: RelayServices, source: SourceConfig): string {
  const account = source.account ?? services.settings().config.netsuite[0]?.account;
  if (account === undefined) throw new Error('the configuration names no NetSuite account');
  return account;
}
