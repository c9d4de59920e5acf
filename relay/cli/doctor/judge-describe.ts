import { CONTRACT_VERSION } from '../../../contract';
import type { DescribeAnswer } from '../../../contract';
import { judgeIdentity } from '../../netsuite';
import { bad, ok, warn } from './findings';
import type { Finding } from './findings';

/** Outbox rows beyond which the way back is behind. */
const MANY_WAITING = 10_000;

/** What the scripts say about themselves and the role that asks, judged. */
export function judgeDescribe(account: string, answer: DescribeAnswer): Finding[] {
  const at = (what: string) => `NetSuite ${account}: ${what}`;
  const wrong = judgeIdentity(account, answer);
  const identity = (what: 'role' | 'account', right: string): Finding => {
    const found = wrong.find((one) => one.what === what);
    return found ? bad(at(what), found.message, found.remedy) : ok(at(what), right);
  };
  return [
    answer.contract === CONTRACT_VERSION
      ? ok(at('scripts'), `contract ${answer.contract}, build ${answer.build}`)
      : bad(
          at('scripts'),
          `speak contract ${answer.contract}, this relay ${CONTRACT_VERSION}`,
          'Deploy the scripts of this version (npm run deploy).',
        ),
    identity('account', answer.account),
    ...(answer.release === undefined ? [] : [ok(at('release'), `NetSuite ${answer.release}`)]),
    identity('role', answer.role.name ?? answer.role.id),
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
