import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteStore } from '../../../relay/store/sqlite/open-sqlite-store';
import { MAIN, KEY, StandInNetSuite } from '../../helpers/relay-process';
import { relayStage, type RelayStage } from '../../helpers/relay-stage';
import type { DoctorFinding } from '../../helpers/run-doctor';

const ACCOUNT = 'TSTDRV1000001';
const ADMINISTRATOR = { role: { id: '3', name: 'Administrator' } };
const GOOD = { role: { id: 'customrole_srl_integration', name: 'SuiteRelay Integration' } };
const TBA = { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' };

let netsuite: RelayStage['netsuite'];
let folder: RelayStage['folder'];
const stage = relayStage();
const { start } = stage;
beforeEach(() => ({ netsuite, folder } = stage));

/** What an account says of itself and of who asks. */
function describeAs(change: object): string {
  const limits = { unitsPerRequest: 5_000, maxOperations: 1_000, defaultBudgetMs: 1, maxBudgetMs: 1, onDemand: true };
  const known = { contract: 1, build: '1', account: ACCOUNT, features: {}, limits, types: {} };
  return JSON.stringify({ ...known, permissions: { missing: [] }, ...GOOD, ...change });
}
const answer = (response: ServerResponse, change: object) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(describeAs(change));
const answerAll = (account: StandInNetSuite, change: object): void => {
  account.misbehaveElsewhere = ({ response }) => {
    answer(response, change);
    return true;
  };
};
/** Answers nothing but upserts until `release`. */
function keepWaiting(account: StandInNetSuite): { release: (change: object) => void } {
  const waiting: ServerResponse[] = [];
  account.misbehaveElsewhere = ({ response }) => waiting.push(response) > 0;
  return {
    release: (change) => {
      answerAll(account, change);
      for (const response of waiting.splice(0)) answer(response, change);
    },
  };
}

const send = (url: string) =>
  fetch(`${url}/v1/upserts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': 'waits' },
    body: JSON.stringify({
      source: 'direct',
      records: [
        { recordType: 'customer', action: 'upsert', key: { externalId: 'E1' }, fields: { phone: { value: '1' } } },
      ],
    }),
  });

/** An operation that waits in the store when the next relay starts. */
async function leaveWork(): Promise<void> {
  netsuite.misbehave = () => true;
  const relay = await start();
  await send(relay.url);
  relay.child.kill('SIGKILL');
  await relay.exited;
  netsuite.calls.length = 0;
  netsuite.misbehave = null;
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await sleep(25);
}

test.each([
  ['an Administrator’s', ADMINISTRATOR, 'netsuite.0.auth: the integration runs as Administrator'],
  ['another account’s', { account: '7654321' }, 'netsuite.0.account: the credentials lead to 7654321'],
])(
  'credentials that are %s, by the account’s own word, are refused before anything is written',
  async (_, change, issue) => {
    await leaveWork();
    answerAll(netsuite, change);
    await expect(start()).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(issue) });
    expect(netsuite.calls).toEqual([]);
  },
);

test('an account that answers late is sent nothing before; credentials it calls an Administrator’s then stay unused, with the remedy in log, readiness and doctor, until they are good', async () => {
  await leaveWork();
  const { release } = keepWaiting(netsuite);
  const relay = await start();
  await send(relay.url);
  expect(netsuite.calls).toEqual([]);
  release(ADMINISTRATOR);
  await until(() => relay.log().includes(`nothing is sent to ${ACCOUNT}: the integration runs as Administrator`));
  expect(relay.log()).toContain('Map the certificate or the token to the role SuiteRelay Integration');
  const ready = await fetch(`${relay.url}/readyz`);
  expect({ status: ready.status, body: await ready.json() }).toMatchObject({
    status: 503,
    body: { checks: { [`account ${ACCOUNT}`]: expect.stringMatching(/Administrator.*Map the certificate/) } },
  });
  const findings = await askDoctor(relay.url);
  for (const subject of ['relay', `NetSuite ${ACCOUNT}: role`]) {
    expect(findings.find((one) => one.subject === subject)).toMatchObject({
      level: 'bad',
      message: expect.stringContaining('Administrator'),
    });
  }
  expect(netsuite.calls).toEqual([]);

  answerAll(netsuite, GOOD);
  relay.child.kill('SIGHUP');
  await until(() => netsuite.applied.size === 1);
  await until(async () => (await fetch(`${relay.url}/readyz`)).status === 200);
});

async function askDoctor(url: string): Promise<DoctorFinding[]> {
  const file = path.join(folder.folder, 'doctor.json');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(folder.file, 'utf8')) as object), publicUrl: url }));
  return new Promise((resolve) => {
    const args = [path.join(path.dirname(MAIN), 'cli.cjs'), 'doctor', '--json', '--config', file];
    execFile(process.execPath, args, (_failed, out) => resolve(JSON.parse(out) as DoctorFinding[]));
  });
}

test('a start that one account’s word ends waits for the other’s: no slot stays leased', async () => {
  const other = new StandInNetSuite();
  answerAll(other, { ...ADMINISTRATOR, account: '7654321' });
  const events = { mode: 'push' };
  folder.write({
    netsuite: [
      { account: ACCOUNT, baseUrl: folder.baseUrl, auth: TBA, events },
      { account: '7654321', baseUrl: await other.start(), auth: TBA, events },
    ],
  });
  const { release } = keepWaiting(netsuite);
  const failed = start();
  failed.catch(() => undefined);
  await until(() => other.errands.length > 0 && netsuite.errands.length > 0);
  // Beyond the patience of the start.
  await sleep(2_000);
  release(GOOD);
  await expect(failed).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('netsuite.1.auth: the integration runs as Administrator'),
  });
  await other.stop();
  const store = await openSqliteStore(path.join(folder.folder, 'store'));
  expect((await store.poolStatus(ACCOUNT))?.holders).toEqual([]);
  await store.close();
});

test('a port that is taken ends the start before anything is sent', async () => {
  await leaveWork();
  netsuite.errands.length = 0;
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  folder.write({ listen: { port: (taken.address() as AddressInfo).port } });
  await expect(start()).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('EADDRINUSE') });
  expect([netsuite.calls, netsuite.errands]).toEqual([[], []]);
  taken.close();
});
