import { awaitOutcomes } from '../../../demo/await-outcomes';
import { AccountView } from '../../../demo/check-records';
import { RelayClient, type SentOperation } from '../../../demo/relay-client';
import { judgeBad } from '../../../demo/summarise';
import { KEY } from '../../helpers/relay-process';
import { relayStage } from '../../helpers/relay-stage';
import type { BadRecord } from '../../fixtures';

const stage = relayStage();
const keys = { salesforce: KEY, hubspot: KEY, direct: KEY, admin: KEY };
const payload = {
  recordType: 'customer',
  action: 'upsert',
  key: { externalId: 'HELD' },
  fields: { phone: { value: '1' } },
};
const bad = (code: string): BadRecord => ({
  ...{ kind: 'negative quantity', source: 'direct', object: 'customer', crmId: 'HELD', payload },
  ...{ codes: [code], absent: { recordType: 'customer', externalId: 'HELD' } },
});

async function sendTo(client: RelayClient): Promise<{ requestId: string; operation: SentOperation }> {
  const { requestId, operations } = await client.upsert(KEY, {
    source: 'direct',
    object: 'customer',
    records: [payload],
  });
  return { requestId, operation: operations[0]! };
}

test('an operation behind one in review tells which one it waits for and why that is held; the demonstration judges a record sent again by it', async () => {
  stage.netsuite.refused.set('HELD', 'The phone is not valid.');
  const client = new RelayClient((await stage.start()).url);
  const first = await sendTo(client);
  const told = { client, keys, patienceMs: 60_000, onProgress: () => undefined };
  await awaitOutcomes([{ record: bad('INVALID_VALUE'), ...first }], told);
  const again = { record: bad('INVALID_VALUE'), ...(await sendTo(client)) };
  const other = { ...again, record: bad('ANOTHER_REASON') };

  // Without patience: what waits for a decision is no reason to wait.
  const outcomes = await awaitOutcomes([again, other], told);
  expect(outcomes[0]?.view).toMatchObject({
    state: 'queued',
    waitsFor: 'turn',
    behind: {
      operationId: first.operation.operationId,
      state: 'review',
      error: { code: 'INVALID_VALUE', message: 'The phone is not valid.', action: expect.any(String) as string },
    },
  });
  const judged = judgeBad(outcomes, new AccountView());
  expect(judged.map(({ state, code, right }) => [state, code, right])).toEqual([
    ['review', 'INVALID_VALUE', true],
    ['review', 'INVALID_VALUE', false],
  ]);

  stage.netsuite.refused.clear();
  await client.resolve(KEY, first.operation.operationId, 'sent again');
  const [settled] = await awaitOutcomes([again], told);
  expect(settled?.view).toMatchObject({ state: 'done', result: 'created' });
  expect(settled?.view.behind).toBeUndefined();
});
