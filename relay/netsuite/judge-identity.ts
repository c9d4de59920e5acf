import type { DescribeAnswer } from '../../contract';

/** Why credentials that work must not be used, and what to use instead. */
export interface WrongIdentity {
  what: 'role' | 'account';
  message: string;
  remedy: string;
}

/** The Administrator role by internal and by script id, the same in every account. */
const ADMINISTRATOR = new Set(['3', 'administrator']);

const normal = (account: string): string => account.toUpperCase().replaceAll('-', '_');

/** Whose credentials they are, by the account's own word. */
export function judgeIdentity(account: string, described: Pick<DescribeAnswer, 'account' | 'role'>): WrongIdentity[] {
  const wrong: WrongIdentity[] = [];
  if (normal(described.account) !== normal(account)) {
    wrong.push({
      what: 'account',
      message: `the credentials lead to ${described.account}`,
      remedy: 'Use the key or tokens of the configured account.',
    });
  }
  if (ADMINISTRATOR.has(described.role.id.toLowerCase())) {
    wrong.push({
      what: 'role',
      message: 'the integration runs as Administrator: a leaked key would own the account',
      remedy: 'Map the certificate or the token to the role SuiteRelay Integration, which comes with the project.',
    });
  }
  return wrong;
}
