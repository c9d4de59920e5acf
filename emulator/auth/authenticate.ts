import type { Account } from '../kernel/types';
import { roleBook } from '../permissions/role-book';
import { BearerTokens } from './bearer-tokens';
import { CredentialBook } from './credentials';
import { LoginRefused, type Identity } from './refusal';
import { activeEmployee } from './users';
import { TokenBasedAuthentication } from './verify-tba';

/** The account's gate: credentials, live tokens, and the Login Audit Trail that every attempt leaves a row in. */
export class Gate {
  readonly credentials = new CredentialBook();
  readonly bearer: BearerTokens;
  readonly tba: TokenBasedAuthentication;
  private readonly account: Account;

  constructor(account: Account) {
    this.account = account;
    this.bearer = new BearerTokens(account);
    this.tba = new TokenBasedAuthentication(account, this.credentials);
  }

  /** Who sends this request. Throws LoginRefused. `scope`: the OAuth 2.0 scope of the service called. */
  authenticate(header: string | undefined, method: string, urls: URL[], scope: string): Identity {
    try {
      const identity = this.identify(header, method, urls, scope);
      this.checkUser(identity, scope);
      this.note({ status: 'Success', detail: '', ...identity });
      return identity;
    } catch (error) {
      if (error instanceof LoginRefused) this.note({ status: 'Failure', detail: error.detail, ...claimed(header) });
      throw error;
    }
  }

  /** Adds a row to the Login Audit Trail. */
  note(row: { status: 'Success' | 'Failure'; detail: string; [key: string]: unknown }): void {
    this.account.ledgers.push('logins', { date: new Date(this.account.clock.now()).toISOString(), ...row });
  }

  private identify(header: string | undefined, method: string, urls: URL[], scope: string): Identity {
    if (header === undefined || header === '') throw new LoginRefused('no credentials');
    const bearer = /^Bearer\s+(\S+)$/i.exec(header);
    if (bearer) return this.bearer.verify(bearer[1] ?? '', scope);
    if (/^OAuth\s/i.test(header)) return this.tba.verify(header, method, urls);
    throw new LoginRefused('unknown authorization scheme', 'INVALID_REQUEST');
  }

  /** The user must be an active employee whose role may log in this way (page section_162686838198); a Web Services Only role calls no RESTlets (section_1530099787). */
  private checkUser(identity: Identity, scope: string): void {
    const role = roleBook(this.account).find(identity.role);
    if (!activeEmployee(this.account, identity.entity) || role?.inactive)
      throw new LoginRefused('EntityOrRoleDisabled');
    if (role?.webServicesOnly && scope === 'restlets') throw new LoginRefused('permission_denied');
    const permission = identity.scheme === 'OAuth 2.0' ? 'ADMI_LOGIN_OAUTH2' : 'ADMI_LOGIN_OAUTH';
    if (this.account.permissions.level(identity, permission) === 0) throw new LoginRefused('permission_denied');
  }
}

const claimed = (header: string | undefined): object => ({
  scheme: header?.startsWith('OAuth') ? 'Token-based' : header?.startsWith('Bearer') ? 'OAuth 2.0' : 'none',
});
