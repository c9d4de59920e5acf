import { execFile } from 'node:child_process';
import path from 'node:path';
import { ADMIN, KEY } from '../../helpers/relay-process';
import { relayStage } from '../../helpers/relay-stage';

const CLI = path.resolve(__dirname, '../../../build/relay/cli.cjs');
const stage = relayStage();

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const run = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) =>
    execFile(process.execPath, [CLI, ...args], { timeout: 50_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    ),
  );

test('failures replayed by name: one that is refused keeps none of the others, and each outcome is told', async () => {
  const { url } = await stage.start();
  const ids = ['E1', 'E2'];
  for (const id of ids) stage.netsuite.refused.set(id, 'It is not valid.');
  const accepted = await fetch(`${url}/v1/upserts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'idempotency-key': 'k',
      prefer: 'wait=25',
    },
    body: JSON.stringify({
      source: 'direct',
      records: ids.map((externalId) => ({
        recordType: 'customer',
        action: 'upsert',
        key: { externalId },
        fields: { phone: { value: '1' } },
      })),
    }),
  });
  const { operations } = (await accepted.json()) as { operations: { operationId: string; state: string }[] };
  expect(operations.map(({ state }) => state)).toEqual(['review', 'review']);
  stage.netsuite.refused.clear();
  const [first = '', second = ''] = operations.map(({ operationId }) => operationId);
  const nobody = 'op_01ARZ3NDEKTSV4RRFFQ69G5FAV';
  const { code, stdout, stderr } = await run('replay', first, nobody, second, '--url', url, '--key', ADMIN);
  expect(JSON.parse(stdout)).toEqual([
    { operationId: first, state: 'queued' },
    { operationId: nobody, error: expect.stringContaining('404') as string },
    { operationId: second, state: 'queued' },
  ]);
  expect([code, stderr.trim()]).toEqual([1, '2 of 3 were replayed.']);
});

test.each([
  ['a file to send that is not there', ['send', 'nowhere.json', '--source', 'direct', '--key', 'x']],
  ['a folder to send', ['send', '/tmp', '--source', 'direct', '--key', 'x']],
  ['keys into a folder that can not be made', ['keygen', '--out', '/dev/null/keys']],
])('%s is told in a sentence, without a stack', async (_what, args) => {
  const { code, stderr } = await run(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^E[A-Z]+: [^\n]+\n$/);
});
