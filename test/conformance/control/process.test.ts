import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SignJWT, importPKCS8 } from 'jose';
import { runProcess, startProcess, type EmulatorProcess } from '../../helpers/emulator/emulator-process';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'emulator-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RESTLET = `/** @NApiVersion 2.1
 * @NScriptType Restlet */
define(['./lib/words', 'N/runtime', 'N/record'], (words, runtime, record) => ({
  post: (body) => {
    if (body.create) { const r = record.create({ type: 'customer' }); r.setValue('companyname', body.create); r.setValue('subsidiary', 1); return { id: r.save() }; }
    const user = runtime.getCurrentUser();
    return { greeting: words.hello + ' ' + body.name, role: user.role, parameter: runtime.getCurrentScript().getParameter({ name: 'custscript_tone' }) };
  },
}));`;

const foreign = {
  scriptId: 'customscript_greet',
  name: 'Greet',
  type: 'restlet',
  path: 'SuiteScripts/foreign/greet.js',
  source: RESTLET,
  files: [{ path: 'SuiteScripts/foreign/lib/words.js', source: `define([], () => ({ hello: 'hello' }));` }],
  parameters: [{ id: 'custscript_tone', type: 'text' }],
  deployments: [{ deploymentId: 'customdeploy_greet', status: 'RELEASED', parameters: { custscript_tone: 'warm' } }],
};

describe('npm run emulator', () => {
  let emulator: EmulatorProcess;
  beforeAll(async () => {
    emulator = await startProcess(['--no-project', '--tier', 'premium']);
  });
  afterAll(() => emulator.stop());
  beforeEach(async () => {
    await emulator.control('POST', 'reset');
  });

  it('prints one line with addresses and credentials that work', async () => {
    const { oauth2 } = emulator.ready.credentials;
    const key = await importPKCS8(oauth2.privateKeyPem, oauth2.alg);
    const assertion = await new SignJWT({ scope: 'restlets' })
      .setProtectedHeader({ alg: oauth2.alg, kid: oauth2.certificateId, typ: 'JWT' })
      .setIssuer(oauth2.clientId)
      .setAudience(oauth2.tokenUrl)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(key);
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
    expect((await fetch(oauth2.tokenUrl, { method: 'POST', body })).status).toBe(200);
    expect((await emulator.control('GET', 'concurrency')).body).toMatchObject({ limit: 15 });
  });

  it('deploys a foreign script with its files and parameters, and calls it', async () => {
    const { status, body } = await emulator.control('POST', 'scripts', [foreign]);
    expect(status).toBe(200);
    expect(body).toMatchObject([
      {
        scriptId: 'customscript_greet',
        deployments: [{ deploymentId: 'customdeploy_greet', url: expect.any(String) as string }],
      },
    ]);
    const answer = await emulator.restlet('customscript_greet', 'customdeploy_greet', { name: 'you' });
    expect(JSON.parse(answer.text)).toEqual({ greeting: 'hello you', role: 3, parameter: 'warm' });
    const { body: rows } = await emulator.control('GET', 'executions?scriptId=customscript_greet');
    expect(rows).toMatchObject([{ type: 'restlet', stage: 'post', unitsUsed: 0 }]);
  });

  it('reset brings back the state after the deploy: records, scripts, ledgers, settings, faults and clock', async () => {
    await emulator.control('POST', 'scripts', [foreign]);
    await emulator.control('POST', 'settings', { tier: 'ultimate', apiMs: { '*': 5 } });
    await emulator.control('POST', 'clock', { set: '2031-01-01T00:00:00Z' });
    await emulator.control('POST', 'faults', [{ kind: 'status', code: 503 }]);
    const [{ id }] = (
      await emulator.control('POST', 'records', [{ type: 'customer', fields: { companyname: 'Gone' } }])
    ).body as [{ id: string }];
    await emulator.control('POST', 'reset');
    expect((await emulator.control('GET', `records/customer/${id}`)).status).toBe(404);
    expect((await emulator.restlet('customscript_greet', 'customdeploy_greet', {})).status).toBe(404);
    expect((await emulator.control('GET', 'concurrency')).body).toMatchObject({ limit: 15 });
    expect((await emulator.control('GET', 'ledger/records')).body).toEqual([]);
    const { body } = await emulator.control('POST', 'clock', { advanceMs: 0 });
    expect(Math.abs(Date.parse((body as { now: string }).now) - Date.now())).toBeLessThan(60_000);
  });

  it('shows scripts nothing of the language that came after ES2024 (2.1 is ES2023: page chapter_156042690639), and no collector', async () => {
    const look = `/** @NApiVersion 2.1
 * @NScriptType Restlet */
define([], () => ({ post: () => ({
  globals: ['Float16Array', 'DisposableStack', 'AsyncDisposableStack', 'SuppressedError', 'gc'].filter((name) => name in globalThis),
  members: [[Promise, 'try'], [RegExp, 'escape'], [Error, 'isError'], [Math, 'f16round']].filter(([owner, name]) => name in owner).map(([, name]) => name),
}) }));`;
    await emulator.control('POST', 'scripts', [{ ...foreign, source: look }]);
    const { text } = await emulator.restlet('customscript_greet', 'customdeploy_greet', {});
    expect(JSON.parse(text)).toEqual({ globals: [], members: [] });
  });

  it('lists every write with the script that made it', async () => {
    await emulator.control('POST', 'scripts', [foreign]);
    await emulator.restlet('customscript_greet', 'customdeploy_greet', { create: 'Written' });
    const { body } = await emulator.control('GET', 'ledger/records?scriptId=customscript_greet');
    expect(body).toMatchObject([
      { op: 'create', type: 'customer', scriptId: 'customscript_greet', api: 'record.save', context: 'RESTLET' },
    ]);
  });

  it('answers 404 for an unknown call and 400 with a code for a wrong one', async () => {
    expect((await emulator.control('GET', 'nothing')).status).toBe(404);
    expect(await emulator.control('POST', 'settings', { tier: 'gold' })).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_SETTING' } },
    });
    expect((await emulator.control('POST', 'clock', { set: 'tomorrow' })).status).toBe(400);
  });
});

describe('the process', () => {
  it('ends with 0 on SIGTERM', async () => {
    const emulator = await startProcess(['--no-project']);
    expect(await emulator.stop()).toBe(0);
  });

  it("lets yesterday's credentials in again when it has a data folder", async () => {
    const data = path.join(folder, 'account');
    const first = await startProcess(['--no-project', '--data', data]);
    await first.stop();
    const second = await startProcess(['--no-project', '--data', data]);
    await second.stop();
    expect(second.ready.credentials.tba).toEqual(first.ready.credentials.tba);
    expect(second.ready.credentials.oauth2.certificateId).toBe(first.ready.credentials.oauth2.certificateId);
  });

  it('ends with 1 and says why when the project or the configuration is wrong', async () => {
    const absent = await runProcess(['--project', path.join(folder, 'absent')]);
    expect([absent.code, absent.stderr.length > 0]).toEqual([1, true]);
    const config = path.join(folder, 'config.json');
    writeFileSync(config, '{"tier":"gold"}');
    const wrong = await runProcess(['--no-project', '--config', config]);
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('tier must be one of') as string });
  });
});
