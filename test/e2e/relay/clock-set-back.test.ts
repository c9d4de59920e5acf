import { KEY } from '../../helpers/relay-process';
import { relayStage, type RelayStage } from '../../helpers/relay-stage';

let netsuite: RelayStage['netsuite'];
let folder: RelayStage['folder'];
const stage = relayStage();
const { start } = stage;
beforeEach(() => ({ netsuite, folder } = stage));

const HOUR_MS = 3_600_000;
const send = (url: string, externalId: string, prefer = 'wait=0') =>
  fetch(`${url}/v1/upserts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${KEY}`,
      'content-type': 'application/json',
      'idempotency-key': externalId,
      prefer,
    },
    body: JSON.stringify({
      source: 'direct',
      records: [{ recordType: 'customer', action: 'upsert', key: { externalId }, fields: { phone: { value: '1' } } }],
    }),
  });

test('a clock that was an hour ahead and is right after a restart keeps no slot, no retry and nothing that is ready waiting', async () => {
  const timeouts = { connectMs: 500, budgetMs: 1_000, lateWriterMarginMs: 500, answerMarginMs: 1_000 };
  const auth = { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' };
  const concurrency = { limit: 2, headroom: 1 };
  const account = { account: 'TSTDRV1000001', baseUrl: folder.baseUrl, auth, concurrency, events: { mode: 'push' } };
  folder.write({ timeouts, netsuite: [account] });
  const before = await start({ clockShiftMs: HOUR_MS });
  await send(before.url, 'DONE', 'wait=10');
  netsuite.delayMs = 30_000;
  for (const externalId of ['SENT', 'READY']) expect((await send(before.url, externalId)).status).toBe(202);
  while (netsuite.calls.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  before.child.kill('SIGKILL');
  await before.exited;
  netsuite.delayMs = 0;
  const after = await start();
  const answer = await send(after.url, 'NEW', 'wait=25');
  expect(answer.status).toBe(200);
  expect(netsuite.order).toEqual(['DONE', 'SENT', 'READY', 'NEW']);
});
