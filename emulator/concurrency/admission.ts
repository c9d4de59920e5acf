import { settingOf } from '../kernel/setting-of';
import type { Account } from '../kernel/types';
import { accountLimit, unallocatedLimit } from './account-limit';

export interface Slot {
  release(): void;
}

interface IntegrationUse {
  limit: number | null;
  inFlight: number;
  peak: number;
  rejected: number;
}

export interface ConcurrencyReport {
  limit: number;
  inFlight: number;
  peak: number;
  /** Requests let in since the last reset. */
  admitted: number;
  rejected: number;
  byIntegration: Record<string, IntegrationUse>;
}

/**
 * One pool of requests in flight per account, without a queue: admitted or refused at once (page section_1500275531). An integration with
 * an allotment uses that only; all others share the rest (page bridgehead_156224824287). Setting `softOvershoot` lets that many more
 * through, since "it is possible to temporarily exceed the limit" (page section_4502013915).
 */
export class Admission {
  private readonly account: Account;
  private readonly uses = new Map<string, IntegrationUse>();
  private inFlight = 0;
  private peak = 0;
  private admitted = 0;
  private rejected = 0;

  constructor(account: Account) {
    this.account = account;
  }

  /** A slot, or undefined when the request must be refused. */
  admit(integration: string): Slot | undefined {
    const use = this.use(integration);
    if (!this.hasRoom(use)) {
      use.rejected += 1;
      this.rejected += 1;
      return undefined;
    }
    use.inFlight += 1;
    this.inFlight += 1;
    this.admitted += 1;
    use.peak = Math.max(use.peak, use.inFlight);
    this.peak = Math.max(this.peak, this.inFlight);
    return { release: once(() => this.release(use)) };
  }

  report(): ConcurrencyReport {
    const byIntegration = Object.fromEntries(
      [...this.uses].map(([name, use]) => [name, { ...use, limit: this.limitOf(name) }]),
    );
    const { inFlight, peak, admitted, rejected } = this;
    return { limit: accountLimit(this.account.settings), inFlight, peak, admitted, rejected, byIntegration };
  }

  /** Forgets peaks and refusals; what is in flight stays. */
  reset(): void {
    this.peak = this.inFlight;
    this.admitted = 0;
    this.rejected = 0;
    for (const use of this.uses.values()) Object.assign(use, { peak: use.inFlight, rejected: 0 });
  }

  private hasRoom(use: IntegrationUse): boolean {
    const overshoot = settingOf(this.account, 'softOvershoot', 0);
    if (use.limit !== null) return use.inFlight < use.limit + overshoot;
    const foreign = Number(this.account.faults.strike('foreignLoad', {})?.slots ?? 0);
    return this.sharedInFlight() + foreign < unallocatedLimit(this.account.settings) + overshoot;
  }

  private sharedInFlight(): number {
    let sum = 0;
    for (const { limit, inFlight } of this.uses.values()) if (limit === null) sum += inFlight;
    return sum;
  }

  private use(integration: string): IntegrationUse {
    const known = this.uses.get(integration);
    const limit = this.limitOf(integration);
    if (known) return Object.assign(known, { limit });
    const made = { limit, inFlight: 0, peak: 0, rejected: 0 };
    this.uses.set(integration, made);
    return made;
  }

  private limitOf(integration: string): number | null {
    return this.account.settings.integrations.find(({ name }) => name === integration)?.concurrencyLimit ?? null;
  }

  private release(use: IntegrationUse): void {
    use.inFlight -= 1;
    this.inFlight -= 1;
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    work();
  };
}
