import type { Account } from '../kernel/types';
import type { AccessToken, CredentialBook, Integration } from './credentials';
import { baseString, parseAuthorization, sign } from './oauth1-signature';
import { LoginRefused, type Identity } from './refusal';

const WINDOW_SECONDS = 300;
const MIN_NONCE_LENGTH = 6;
const LOCK_AFTER_FAILURES = 5;
const LOCK_MS = 30 * 60 * 1000;
const KNOWN = /^(realm|oauth_(consumer_key|token|nonce|timestamp|signature_method|version|signature))$/;

/** Token-based authentication, with every refusal of the Login Audit Trail (page subsect_156935170194). */
export class TokenBasedAuthentication {
  private readonly account: Account;
  private readonly credentials: CredentialBook;
  /** Used nonces with the second they were signed for, per token. */
  private readonly nonces = new Map<string, number>();
  private readonly failures = new Map<string, { count: number; lockedUntil: number }>();

  constructor(account: Account, credentials: CredentialBook) {
    this.account = account;
    this.credentials = credentials;
  }

  /** `urls`: the request's URL in each form the caller may have signed. Throws LoginRefused. */
  verify(header: string, method: string, urls: URL[]): Identity {
    const oauth = parseAuthorization(header);
    if (!oauth) throw new LoginRefused('parameter_rejected', 'INVALID_REQUEST');
    this.checkForm(oauth);
    const integration = this.integrationOf(oauth);
    const token = this.tokenOf(oauth, integration);
    this.checkLock(token);
    try {
      this.checkNonce(oauth, token);
      checkSignature(oauth, method, urls, integration, token);
    } catch (error) {
      this.countFailure(token);
      throw error;
    }
    this.failures.delete(token.tokenId);
    return { integration: integration.name, entity: token.entity, role: token.role, scheme: 'Token-based' };
  }

  reset(): void {
    this.nonces.clear();
    this.failures.clear();
  }

  private checkForm(oauth: Record<string, string>): void {
    if (Object.keys(oauth).some((key) => !KNOWN.test(key)))
      throw new LoginRefused('parameter_rejected', 'INVALID_REQUEST');
    if (oauth.oauth_version !== undefined && oauth.oauth_version !== '1.0')
      throw new LoginRefused('VersionRejected', 'INVALID_REQUEST');
    if (oauth.oauth_signature_method !== 'HMAC-SHA256') throw new LoginRefused('UnknownAlgorithm', 'INVALID_REQUEST');
    const timestamp = Number(oauth.oauth_timestamp);
    const seconds = Math.floor(this.account.clock.now() / 1000);
    if (!Number.isInteger(timestamp) || Math.abs(seconds - timestamp) > WINDOW_SECONDS) {
      throw new LoginRefused('InvalidTimestamp', 'INVALID_REQUEST');
    }
    if (oauth.realm !== this.account.settings.accountId) throw new LoginRefused('InvalidRealm');
    if ((oauth.oauth_nonce ?? '').length < MIN_NONCE_LENGTH) throw new LoginRefused('nonce_rejected');
    if (this.account.settings.features.TBA === false) throw new LoginRefused('FeatureDisabled');
  }

  private integrationOf(oauth: Record<string, string>): Integration {
    const integration = this.credentials.byConsumerKey(oauth.oauth_consumer_key ?? '');
    if (!integration) throw new LoginRefused('consumer_key_unknown');
    if (integration.state === 'blocked') throw new LoginRefused('consumer_key_refused');
    return integration;
  }

  private tokenOf(oauth: Record<string, string>, integration: Integration): AccessToken {
    const token = this.credentials.tokens.get(oauth.oauth_token ?? '');
    if (!token || token.revoked || token.integration !== integration.name) throw new LoginRefused('token_rejected');
    return token;
  }

  private checkNonce(oauth: Record<string, string>, token: AccessToken): void {
    const key = `${token.tokenId} ${oauth.oauth_timestamp} ${oauth.oauth_nonce}`;
    if (this.nonces.has(key)) throw new LoginRefused('nonce_used');
    const oldest = this.account.clock.now() / 1000 - 2 * WINDOW_SECONDS;
    for (const [used, second] of this.nonces) {
      if (second >= oldest) break;
      this.nonces.delete(used);
    }
    this.nonces.set(key, Number(oauth.oauth_timestamp));
  }

  private checkLock(token: AccessToken): void {
    const failed = this.failures.get(token.tokenId);
    if (failed && failed.lockedUntil > this.account.clock.now()) throw new LoginRefused('temporary_locked');
  }

  private countFailure(token: AccessToken): void {
    const count = (this.failures.get(token.tokenId)?.count ?? 0) + 1;
    const locked = count >= LOCK_AFTER_FAILURES;
    this.failures.set(token.tokenId, {
      count: locked ? 0 : count,
      lockedUntil: locked ? this.account.clock.now() + LOCK_MS : 0,
    });
  }
}

function checkSignature(
  oauth: Record<string, string>,
  method: string,
  urls: URL[],
  integration: Integration,
  token: AccessToken,
): void {
  const given = oauth.oauth_signature;
  const right = urls.some(
    (url) => sign(baseString(method, url, oauth), integration.consumerSecret, token.tokenSecret) === given,
  );
  if (!right) throw new LoginRefused('InvalidSignature');
}
