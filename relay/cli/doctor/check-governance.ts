import type { NetSuiteConfig } from '../../config/schema-netsuite';
import { tokenUrlOf } from '../../runtime/connect-netsuite';
import { bad, ok, warn } from './findings';
import type { Finding } from './findings';

interface GovernanceLimits {
  accountConcurrencyLimit?: number;
  accountUnallocatedConcurrencyLimit?: number;
  integrationConcurrencyLimit?: number;
}

/** Compares the configured concurrency with the account's own figures, which only an Administrator's token may read. */
export async function checkGovernance(netsuite: NetSuiteConfig, adminToken: string): Promise<Finding[]> {
  const subject = `NetSuite ${netsuite.account}: concurrency`;
  const url = new URL('/services/rest/system/v1/governanceLimits', tokenUrlOf(netsuite));
  try {
    const answer = await fetch(url, {
      headers: { authorization: `Bearer ${adminToken}` },
      signal: AbortSignal.timeout(15_000),
    });
    if (!answer.ok) {
      return [
        warn(
          subject,
          `the limits can't be read (${answer.status})`,
          'The token must be of an Administrator, with the scope rest_webservices.',
        ),
      ];
    }
    return judgeLimits(subject, netsuite, (await answer.json()) as GovernanceLimits);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [warn(subject, `the limits can't be read: ${reason}`, `Is ${url.origin} reachable from here?`)];
  }
}

export function judgeLimits(subject: string, { concurrency }: NetSuiteConfig, limits: GovernanceLimits): Finding[] {
  const { accountConcurrencyLimit: account, integrationConcurrencyLimit: own } = limits;
  const findings: Finding[] = [];
  if (account !== undefined) {
    findings.push(
      concurrency.limit > account
        ? bad(
            subject,
            `limit ${concurrency.limit} is configured, the account allows ${account}`,
            `Set netsuite[].concurrency.limit to ${account}.`,
          )
        : concurrency.limit < account
          ? warn(
              subject,
              `limit ${concurrency.limit} is configured, the account allows ${account}`,
              `Set it to ${account} to use all; leave it to keep the rest for others.`,
            )
          : ok(subject, `limit ${account}, as configured`),
    );
  }
  if (own !== undefined && own > 0 && concurrency.allotment !== own) {
    findings.push(
      warn(
        subject,
        `the integration is allotted ${own}`,
        `Set netsuite[].concurrency.allotment to ${own}: no more is ever granted to it.`,
      ),
    );
  }
  return findings;
}
