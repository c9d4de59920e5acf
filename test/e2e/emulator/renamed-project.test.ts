import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { spawnChild, type LeashedChild } from '../../helpers/spawn-child';

/** The emulator must not know whose project it runs: the same project under other names behaves alike. */
const source = path.resolve(__dirname, '../../../build/sdf');
const renamed = mkdtempSync(path.join(os.tmpdir(), 'renamed-sdf-'));
const rename = (text: string): string =>
  text.replaceAll('suiterelay', 'zzzzzzzzzz').replaceAll('SuiteRelay', 'Zzzzzzzzzz').replaceAll('srl', 'zzz');

interface Ready {
  url: string;
  credentials: { integration: { entity: number; role: number } };
}

let emulator: LeashedChild;
let ready: Ready;

beforeAll(async () => {
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const target = path.join(renamed, rename(path.relative(source, file)));
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, rename(readFileSync(file, 'utf8')));
  }
  const main = path.resolve(__dirname, '../../../build/emulator/main.cjs');
  emulator = spawnChild([main, '--project', renamed]);
  const lines = createInterface({ input: emulator.stdout });
  ready = await new Promise<Ready>((resolve) => lines.once('line', (line) => resolve(JSON.parse(line) as Ready)));
});

afterAll(() => {
  emulator.kill('SIGKILL');
  rmSync(renamed, { recursive: true, force: true });
});

const json = { 'content-type': 'application/json' };

async function control<T>(method: string, call: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${ready.url}/_emulator/${call}`, {
    method,
    headers: json,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as T;
}

async function restlet<T>(script: string, method: 'GET' | 'POST', body?: unknown): Promise<T> {
  const { entity } = ready.credentials.integration;
  const { access_token } = await control<{ access_token: string }>('POST', 'token', {
    entity,
    role: 'customrole_zzz_integration',
  });
  const url = `${ready.url}/app/site/hosting/restlet.nl?script=customscript_zzz_${script}&deploy=customdeploy_zzz_${script}`;
  const headers = { ...json, authorization: `Bearer ${access_token}` };
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return (await answer.json()) as T;
}

const upsert = (
  opId: string,
  phone: string,
  version: string,
): Promise<{ results: { status: string; internalId: string }[] }> =>
  restlet('upsert', 'POST', {
    contract: 1,
    batchId: opId,
    operations: [
      {
        opId,
        version,
        recordType: 'customer',
        action: 'upsert',
        full: true,
        key: { externalId: 'SF_ACCT_RENAMED' },
        fields: {
          companyname: { value: 'Renamed' },
          phone: { value: phone },
          subsidiary: {
            ref: { recordType: 'subsidiary', key: { field: 'name', value: 'Parent Company' } },
            write: 'onCreate',
          },
        },
      },
    ],
  });

test('the project under other names creates, recognises a replay, updates, and hands out what users change', async () => {
  const [created] = (await upsert('op_1', '+1 555 0100', '0000000000000001')).results;
  expect(created?.status).toBe('created');
  expect((await upsert('op_1', '+1 555 0100', '0000000000000001')).results[0]?.status).toBe('duplicate');
  expect((await upsert('op_2', '+1 555 0199', '0000000000000002')).results[0]?.status).toBe('updated');
  const stored = await control<{ fields: Record<string, unknown> }>('GET', `records/customer/${created?.internalId}`);
  expect(stored.fields).toMatchObject({ phone: '+1 555 0199', custentity_zzz_op: 'op_2' });

  await control('POST', 'ui/save', { type: 'customer', id: created?.internalId, fields: { phone: '+1 555 0142' } });
  const { events } = await restlet<{ events: { data: { changes: object[]; origin: { ownSave: boolean } } }[] }>(
    'changes',
    'GET',
  );
  const edit = events.find(({ data }) => !data.origin.ownSave);
  expect(edit?.data.changes).toContainEqual({ field: 'phone', old: '+1 555 0199', new: '+1 555 0142' });
});
