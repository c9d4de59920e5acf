import { Admission } from '../concurrency/admission';
import { Gate } from '../auth/authenticate';
import type { Integration } from '../auth/credentials';
import type { Identity } from '../auth/refusal';
import { captureAccount } from '../kernel/capture-account';
import type { AccountKernel } from '../kernel/account';
import type { HttpExchange, HttpFront } from '../kernel/types';

/** What all HTTP services of the account share: who may in, and whether there is a slot. */
export class Front implements HttpFront {
  readonly account: AccountKernel;
  readonly gate: Gate;
  readonly admission: Admission;
  baseUrl = '';
  /** The integration that credentials and control tokens belong to unless they name another. */
  defaultIntegration = 'default';
  private restore: (() => void) | undefined;

  constructor(account: AccountKernel) {
    this.account = account;
    this.gate = new Gate(account);
    this.admission = new Admission(account);
  }

  authenticate(exchange: HttpExchange, scope: string): Identity {
    return this.gate.authenticate(exchange.headers.authorization, exchange.method, signedUrls(exchange.url), scope);
  }

  /** The integration record of that name, made when there is none. */
  integration(name: string): Integration {
    const { credentials } = this.gate;
    return credentials.integrations.get(name) ?? credentials.addIntegration(name);
  }

  /** A role's internal id, given that or its script id; undefined when there is none. */
  roleId(role: number | string): number | undefined {
    if (Number.isInteger(Number(role))) return Number(role);
    const wanted = String(role).toLowerCase();
    const found = this.account.store
      .list('role')
      .find(
        ({ fields }) =>
          String(fields.scriptid ?? '').toLowerCase() === wanted || String(fields.name ?? '').toLowerCase() === wanted,
      );
    return found ? Number(found.id) : undefined;
  }

  /** Takes the state that `reset` brings back; called when the deploy is over. */
  captureState(): void {
    this.account.ledgers.clear();
    this.account.executions.clear();
    const restoreAccount = captureAccount(this.account);
    this.restore = () => {
      restoreAccount();
      this.admission.reset();
      this.gate.tba.reset();
    };
  }

  reset(): void {
    this.restore?.();
  }

  admit(integration: string): { release(): void } | undefined {
    return this.admission.admit(integration);
  }
}

/** A proxy that ends TLS leaves the Host header alone: the caller then signed https. */
function signedUrls(url: URL): URL[] {
  const secure = new URL(url.href.replace(/^http:/, 'https:'));
  return [url, secure];
}
