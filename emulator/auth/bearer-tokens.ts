import { createHmac, randomBytes } from 'node:crypto';
import type { Account } from '../kernel/types';
import { LoginRefused, type Identity } from './refusal';

export interface IssuedToken {
  access_token: string;
  expires_in: number;
  token_type: 'Bearer';
}

type Owner = Omit<Identity, 'scheme'>;
interface Live {
  owner: Owner;
  scopes: string[];
  expiresAt: number;
}

const LIFE_SECONDS = 3600;

/** Access tokens: JWTs in form, valid for 60 minutes of virtual time (page section_158255317571). */
export class BearerTokens {
  private readonly account: Account;
  private readonly live = new Map<string, Live>();
  private readonly secret = randomBytes(32);

  constructor(account: Account) {
    this.account = account;
  }

  issue(owner: Owner, scopes: string[]): IssuedToken {
    const now = this.account.clock.now();
    this.dropExpired(now);
    const token = this.jwt({
      sub: `${owner.role};${owner.entity}`,
      aud: [owner.integration, this.account.settings.accountId],
      scope: scopes,
      iss: 'https://system.netsuite.com',
      iat: Math.floor(now / 1000),
      exp: Math.floor(now / 1000) + LIFE_SECONDS,
      jti: randomBytes(12).toString('hex'),
    });
    this.live.set(token, { owner, scopes, expiresAt: now + LIFE_SECONDS * 1000 });
    return { access_token: token, expires_in: LIFE_SECONDS, token_type: 'Bearer' };
  }

  /** Throws LoginRefused for a token that is unknown, expired or lacks the scope. */
  verify(token: string, scope: string): Identity {
    const found = this.live.get(token);
    if (!found || found.expiresAt <= this.account.clock.now()) throw new LoginRefused('invalid_token');
    if (!found.scopes.includes(scope)) throw new LoginRefused('insufficient_scope');
    return { ...found.owner, scheme: 'OAuth 2.0' };
  }

  clear(): void {
    this.live.clear();
  }

  private dropExpired(now: number): void {
    for (const [token, { expiresAt }] of this.live) if (expiresAt <= now) this.live.delete(token);
  }

  private jwt(payload: object): string {
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
    return `${body}.${createHmac('sha256', this.secret).update(body).digest('base64url')}`;
  }
}
