import type { Credential } from './credentials';

/** When a credential is to be replaced. */
export interface CredentialRules {
  /** Days before its end from which it is told. */
  warnDays: number;
  /** Age in days from which one is to be replaced, with or without an end of its own. */
  maxAgeDays: number;
}

export interface CredentialProblem {
  name: string;
  /** `ended` and `faulty` don't work now; `ending` and `old` are to be replaced. */
  state: 'faulty' | 'ended' | 'ending' | 'old';
  message: string;
  remedy: string;
}

const DAY_MS = 86_400_000;
const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Credentials that have ended, are about to, or are older than they should be. Pure. */
export function judgeCredentials(
  credentials: readonly Credential[],
  { warnDays, maxAgeDays }: CredentialRules,
  nowMs: number,
): CredentialProblem[] {
  return credentials.flatMap(({ name, issuedMs, expiresMs, renewal: remedy, fault }): CredentialProblem[] => {
    if (fault !== undefined) return [{ name, state: 'faulty', message: fault, remedy }];
    if (expiresMs !== null && expiresMs <= nowMs)
      return [{ name, state: 'ended', message: `ended on ${day(expiresMs)}`, remedy }];
    if (expiresMs !== null && expiresMs - nowMs < warnDays * DAY_MS) {
      const left = Math.ceil((expiresMs - nowMs) / DAY_MS);
      return [{ name, state: 'ending', message: `ends on ${day(expiresMs)}, in ${left} days`, remedy }];
    }
    if (issuedMs !== null && nowMs - issuedMs > maxAgeDays * DAY_MS) {
      const age = Math.floor((nowMs - issuedMs) / DAY_MS);
      return [{ name, state: 'old', message: `is ${age} days old; ${maxAgeDays} are allowed`, remedy }];
    }
    return [];
  });
}
