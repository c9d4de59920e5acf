import { CONTRACT_VERSION } from '../../../../contract';
import type { DescribeAnswer } from '../../../../contract';
import { judgeDescribe } from '../../../../relay/cli/doctor/judge-describe';

const answer = (changes: Partial<DescribeAnswer> = {}): DescribeAnswer => ({
  contract: CONTRACT_VERSION,
  build: '1',
  account: '1234567_SB1',
  features: {},
  role: { id: 'customrole_srl_integration', name: 'SuiteRelay Integration' },
  permissions: { missing: [] },
  limits: { unitsPerRequest: 5000, maxOperations: 1000, defaultBudgetMs: 20_000, maxBudgetMs: 200_000, onDemand: true },
  types: {},
  ...changes,
});

const levels = (changes?: Partial<DescribeAnswer>): string[] =>
  judgeDescribe('1234567-sb1', answer(changes))
    .filter(({ level }) => level !== 'ok')
    .map(({ level, subject, message }) => `${level} ${subject.replace('NetSuite 1234567-sb1: ', '')}: ${message}`);

describe('what the doctor makes of an account', () => {
  test('nothing is wrong with the role that is shipped', () => {
    expect(levels()).toEqual([]);
  });

  test.each(['3', 'administrator', 'ADMINISTRATOR'])('A23: the Administrator role (%s) is refused', (id) => {
    expect(levels({ role: { id } })).toEqual([
      'bad role: the integration runs as Administrator: a leaked key would own the account',
    ]);
  });

  test('a missing permission, another account and scripts of another contract are named', () => {
    const found = levels({
      account: '1234567',
      contract: CONTRACT_VERSION + 1,
      permissions: { missing: ['Customers (LIST_CUSTJOB): Edit'] },
    });
    expect(found.map((line) => line.split(':')[0])).toEqual(['bad scripts', 'bad account', 'bad permissions']);
    expect(found[2]).toContain('Customers (LIST_CUSTJOB): Edit');
  });
});
