import { KEY } from '../../helpers/relay-process';
import { relayStage, type RelayStage } from '../../helpers/relay-stage';

let netsuite: RelayStage['netsuite'];
let folder: RelayStage['folder'];
const stage = relayStage();
const { start } = stage;
beforeEach(() => ({ netsuite, folder } = stage));

const call = (url: string, path: string, init: RequestInit = {}) =>
  fetch(`${url}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...init.headers },
  });
const send = async (url: string, externalIds: string[], wait = 0): Promise<Response> =>
  call(url, '/v1/upserts', {
    method: 'POST',
    headers: { 'idempotency-key': externalIds.join('-'), prefer: `wait=${wait}` },
    body: JSON.stringify({
      source: 'direct',
      records: externalIds.map((externalId) => ({
        recordType: 'customer',
        action: 'upsert',
        key: { externalId },
        fields: { phone: { value: '1' } },
      })),
    }),
  });

test('a record that a filter before the account turns away keeps no other from being sent, and ends before a person', async () => {
  netsuite.misbehave = ({ response, body }) => {
    if (!body.includes('POISON')) return false;
    response.writeHead(403, { 'content-type': 'text/html' }).end('<html><h1>Access Denied</h1></html>');
    return true;
  };
  folder.write({ dispatch: { retry: { firstMs: 20, longestMs: 200 } } });
  const { url } = await start();
  const first = await send(url, ['POISON', 'A', 'B', 'C']);
  const { operations } = (await first.json()) as { operations: { operationId: string }[] };
  for (const externalId of ['D', 'E', 'F']) expect((await send(url, [externalId], 20)).status).toBe(200);
  expect([...netsuite.order].sort()).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
  for (let others = 0, until = Date.now() + 60_000; Date.now() < until; others++) {
    const answer = await call(url, `/v1/operations/${operations[0]?.operationId ?? ''}`);
    const { state, error } = (await answer.json()) as { state: string; error?: { code: string } };
    if (state === 'dead' || state === 'review') {
      expect(error?.code).toBe('HTTP_403');
      return;
    }
    await send(url, [`G${others}`], 20);
  }
  throw new Error('it was tried on and on');
}, 120_000);
