import { CONTRACT_VERSION } from '../../../contract';
import type { DescribeAnswer } from '../../../contract';
import { bad, ok, warn } from './findings';
import type { Finding } from './findings';

/** The Administrator role by internal and by script id, the same in every account. */
const ADMINISTRATOR = new Set(['3', 'administrator']);

/** Outbox rows beyond which the way back is behind. */
const MANY_WAITING = 10_000;

const normal = (account: string): string => account.toUpperCase().replaceAll('-', '_');

/** What the scripts say about themselves and the role that asks, judged. */
export function judgeDescribe(account: string, answer: DescribeAnswer): Finding[] {
  const at = (what: string) => `NetSuite ${account}: ${what}`;
  return [
    answer.contract === CONTRACT_VERSION
      ? ok(at('scripts'), `contract ${answer.contract}, build ${answer.build}`)
      : bad(
          at('scripts'),
          `speak contract ${answer.contract}, this relay ${CONTRACT_VERSION}`,
          'Deploy the scripts of this version (npm run deploy).',
        ),
    normal(answer.account) === normal(account)
      ? ok(at('account'), answer.account)
      : bad(
          at('account'),
          `the credentials lead to ${answer.account}`,
          'Use the key or tokens of the configured account.',
        ),
    ...(answer.release === undefined ? [] : [ok(at('release'), `NetSuite ${answer.release}`)]),
    judgeRole(at('role'), answer.role),
    answer.permissions.missing.length === 0
      ? ok(at('permissions'), 'nothing is missing')
      : bad(
          at('permissions'),
          `missing: ${answer.permissions.missing.join(', ')}`,
          'Add them to the role SuiteRelay Integration (Setup > Users/Roles > Manage Roles).',
        ),
    ...judgeTypes(at, answer),
    ...judgeOutbox(at('outbox'), answer.outbox),
  ];
}

function judgeRole(subject: string, role: DescribeAnswer['role']): Finding {
  const name = role.name ?? role.id;
  return ADMINISTRATOR.has(role.id.toLowerCase())
    ? bad(
        subject,
        'the integration runs as Administrator: a leaked key would own the account',
        'Map the certificate or the token to the role SuiteRelay Integration, which comes with the project.',
      )
    : ok(subject, name);
}

function judgeTypes(at: (what: string) => string, { types }: DescribeAnswer): Finding[] {
  return Object.entries(types).flatMap(([type, { query, notQueryable }]) => {
    const subject = at(type);
    const found: Finding[] = [];
    if (query === 'search') {
      found.push(
        warn(
          subject,
          'is read by searches, which cost more units',
          'Give the role the permission SuiteAnalytics Workbook, so that SuiteQL works.',
        ),
      );
    }
    if (notQueryable.length > 0) {
      found.push(
        warn(
          subject,
          `fields that a query can not read: ${notQueryable.join(', ')}`,
          'They are compared after a load, which costs units; see that the role may view them.',
        ),
      );
    }
    return found.length > 0 ? found : [ok(subject, 'readable by SuiteQL')];
  });
}

function judgeOutbox(subject: string, outbox: DescribeAnswer['outbox']): Finding[] {
  if (!outbox) return [];
  if (outbox.lost > 0) {
    return [
      warn(
        subject,
        `${outbox.lost} changes could not be written down when they were saved`,
        'The sweep finds them; look into the script log of customscript_srl_capture.',
      ),
    ];
  }
  return outbox.waiting > MANY_WAITING
    ? [
        warn(
          subject,
          `${outbox.waiting} changes wait`,
          'Lower netsuite[].events.everySeconds, or see why they are not fetched.',
        ),
      ]
    : [ok(subject, `${outbox.waiting} changes wait`)];
}
