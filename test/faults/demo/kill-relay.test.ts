import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { awaitOutcomes } from '../../../demo/await-outcomes';
import { AccountView, checkRecord } from '../../../demo/check-records';
import { findBuilt, type Started } from '../../../demo/child-process';
import { Control } from '../../../demo/control';
import { startFakeCrms, type FakeCrms } from '../../../demo/fake-crms';
import { prepareAccount } from '../../../demo/prepare-account';
import { RelayClient } from '../../../demo/relay-client';
import { readApiKeys, writeRelayConfig } from '../../../demo/relay-config';
import { sendSample } from '../../../demo/send-sample';
import { startBuilt } from '../../helpers/start-built';
import { ACCOUNT_TIME_ZONE, type FixtureRecord, type Fixtures } from '../../fixtures';

jest.setTimeout(600_000);

let data: string;
let emulator: Started;
let relay: Started;
let crms: FakeCrms;
const log = (name: string): string => path.join(data, `${name}.log`);

const startRelay = (config: string): Promise<Started> => startBuilt('relay', ['--config', config], log('relay'));

beforeAll(async () => {
  data = mkdtempSync(path.join(tmpdir(), 'suiterelay-kill-'));
  mkdirSync(path.join(data, 'emulator'));
  const file = path.join(data, 'emulator.json');
  writeFileSync(file, JSON.stringify({ data: null, timeZone: ACCOUNT_TIME_ZONE }));
  const project = path.dirname(findBuilt('sdf', 'manifest.xml'));
  const args = ['--project', project, '--config', file];
  emulator = await startBuilt('emulator', args, log('emulator'));
});

afterAll(async () => {
  await relay?.stop(5_000);
  await emulator?.stop(5_000);
  await crms?.close();
  rmSync(data, { recursive: true, force: true });
});

/** The first accounts of both CRMs with everything that belongs to them. */
function part(fixtures: Fixtures): Fixtures {
  const accounts = [...fixtures.accounts.slice(0, 120), ...fixtures.accounts.slice(-30)];
  const known = new Set(accounts.map(({ expect }) => expect.externalId));
  const belongs = ({ expect: { fields } }: FixtureRecord): boolean =>
    [fields['company'], fields['entity'], fields['parent']].every(
      (value) =>
        typeof value !== 'object' || value === null || !('externalId' in value.ref) || known.has(value.ref.externalId),
    );
  const keep = (list: FixtureRecord[], most: number): FixtureRecord[] => list.filter(belongs).slice(0, most);
  return {
    seed: [],
    accounts: keep(accounts, 150),
    contacts: keep(fixtures.contacts, 120),
    orders: keep(fixtures.orders, 60),
    bad: [],
  };
}

/** What a lost call may still write is awaited after each kill: for 11 s instead of a minute. */
function waitShortly(config: string): void {
  const timeouts = { connectMs: 1_000, budgetMs: 3_000, answerMarginMs: 2_000, lateWriterMarginMs: 1_000 };
  writeFileSync(config, JSON.stringify({ ...(JSON.parse(readFileSync(config, 'utf8')) as object), timeouts }));
}

it('kill -9 in the middle: nothing accepted is lost, and nothing is doubled', async () => {
  const control = new Control(emulator.ready['control'] as string);
  const { fixtures } = await prepareAccount(control);
  const sample = part(fixtures);
  const good = [...sample.accounts, ...sample.contacts, ...sample.orders];
  crms = await startFakeCrms(data, fixtures);
  const keys = readApiKeys(data);
  const config = writeRelayConfig(data, 0, emulator.ready, keys, crms.access, ACCOUNT_TIME_ZONE);
  waitShortly(config);
  relay = await startRelay(config);
  const sent = await sendSample(new RelayClient(String(relay.ready['url'])), keys, sample);
  expect(sent).toHaveLength(good.length);

  // Killed three times, each time while calls are in flight: the account has begun to write, and is not done.
  for (const share of [0.1, 0.3, 0.5]) {
    for (;;) {
      const writes = new Set(
        (await control.writes())
          .filter(({ scriptId }) => scriptId === 'customscript_srl_upsert')
          .map(({ type, id }) => `${type}${id}`),
      );
      if (writes.size >= good.length * share) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    relay.child.kill('SIGKILL');
    await new Promise((resolve) => relay.child.once('exit', resolve));
    relay = await startRelay(config);
  }

  const client = new RelayClient(String(relay.ready['url']));
  const outcomes = await awaitOutcomes(sent, { client, keys, patienceMs: 240_000, onProgress: () => undefined });
  expect(
    outcomes.filter(({ view }) => view.state !== 'done').map(({ view }) => [view.externalId, view.state, view.error]),
  ).toEqual([]);

  const view = await AccountView.read(control);
  expect(good.flatMap((record) => checkRecord(view, record))).toEqual([]);
  for (const type of ['customer', 'contact', 'salesorder']) {
    const ids = (await control.all(type)).flatMap(({ externalId }) => externalId ?? []);
    expect(ids).toHaveLength(good.filter(({ expect: { recordType } }) => recordType === type).length);
    expect(new Set(ids).size).toBe(ids.length);
  }
});
