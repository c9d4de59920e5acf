import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KEY, relayFolder, StandInNetSuite, startRelayProcess } from '../../helpers/relay-process';
import type { RelayProcess } from '../../helpers/relay-process';

/**
 * Stoplight Prism as a validating proxy in front of a relay: another reader of the OpenAPI document than the one the other tests use.
 * Runs where `PRISM` names its executable, e.g. `PRISM="npx --yes @stoplight/prism-cli@5.14.2"`.
 */
const PRISM = process.env['PRISM'];
const PORT = 41_010;

(PRISM === undefined ? describe.skip : describe)('through Prism', () => {
  const netsuite = new StandInNetSuite();
  let folder: ReturnType<typeof relayFolder>;
  let relay: RelayProcess;
  let prism: ChildProcess;

  beforeAll(async () => {
    folder = relayFolder(await netsuite.start());
    relay = await startRelayProcess(folder.file);
    const [program = '', ...args] = (PRISM ?? '').split(' ');
    const document = path.join(folder.folder, 'openapi.json');
    writeFileSync(document, await (await fetch(`${relay.url}/v1/openapi.json`)).text());
    prism = spawn(program, [...args, 'proxy', document, relay.url, '--errors', '--port', String(PORT)], {
      stdio: 'ignore',
      detached: true,
    });
    for (let tries = 0; tries < 300; tries++) {
      if (await fetch(`http://127.0.0.1:${PORT}/healthz`).catch(() => null)) return;
      await sleep(200);
    }
    throw new Error('Prism did not start');
  });

  afterAll(async () => {
    if (prism.pid !== undefined && prism.exitCode === null) process.kill(-prism.pid, 'SIGTERM');
    relay.child.kill('SIGKILL');
    await netsuite.stop();
    folder.remove();
  });

  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${PORT}${path}`, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // Prism's own verdicts are problems of its own kind.
    expect(text).not.toContain('stoplight.io/prism/errors');
    return { status: response.status, body: JSON.parse(text === '' ? '{}' : text) as Record<string, unknown> };
  };

  test('what the API answers is what its document says: sent, waited for, looked up, refused', async () => {
    const record = {
      recordType: 'customer',
      action: 'upsert',
      key: { externalId: 'P1' },
      fields: { phone: { value: '1' } },
    };
    const upsert = { source: 'direct', records: [record] };
    const waited = await call('POST', '/v1/upserts', upsert, { 'idempotency-key': 'prism-1', prefer: 'wait=25' });
    expect(waited.status).toBe(200);
    const queued = await call('POST', '/v1/upserts', upsert, { 'idempotency-key': 'prism-2' });
    expect(queued.status).toBe(202);
    const [{ operationId }] = waited.body['operations'] as [{ operationId: string }];
    expect((await call('GET', `/v1/operations/${operationId}`)).status).toBe(200);
    expect((await call('GET', `/v1/operations/${String(queued.body['requestId'])}`)).status).toBe(200);
    expect((await call('GET', '/v1/operations?state=done&limit=10')).status).toBe(200);
    expect((await call('GET', '/v1/records/customer/P1')).status).toBe(200);
    expect((await call('GET', '/v1/failures')).status).toBe(200);
    expect((await call('POST', '/v1/validate', upsert)).status).toBe(200);
    expect((await call('GET', '/v1/operations/op_unknown')).status).toBe(404);
    const reused = { source: 'direct', records: [{ ...record, fields: { phone: { value: '2' } } }] };
    expect((await call('POST', '/v1/upserts', reused, { 'idempotency-key': 'prism-1' })).status).toBe(422);
    expect((await call('GET', '/readyz')).status).toBe(200);
  });
});
