import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ACCOUNT_TIME_ZONE } from '../test/fixtures';
import { awaitOutcomes } from './await-outcomes';
import { AccountView, checkRecord } from './check-records';
import { findBuilt, startProgram, type Started } from './child-process';
import { Control } from './control';
import { awaitInCrm, editInNetSuite } from './edit-in-netsuite';
import { startFakeCrms, type FakeCrms } from './fake-crms';
import type { DemoOptions } from './options';
import { prepareAccount, type PreparedAccount } from './prepare-account';
import { summaryText } from './print-summary';
import { RelayClient } from './relay-client';
import { readApiKeys, writeRelayConfig, type ApiKeys } from './relay-config';
import { sendSample } from './send-sample';
import { stallTeller } from './tell-stall';
import { judgeBad, summarise, type Summary } from './summarise';

/** Without any progress for so long, in ms, the run is taken to be stuck. */
const PATIENCE_MS = 120_000;
const EVENTS_MS = 60_000;

export interface Stage {
  control: Control;
  client: RelayClient;
  keys: ApiKeys;
  crms: FakeCrms;
  account: PreparedAccount;
  /** What stood in the account before the relay went on with what an earlier run had left; null in a fresh one. */
  known: AccountView | null;
  ready: Record<string, unknown>;
  close: () => Promise<void>;
}

/** Starts emulator, fake CRMs and relay on the data folder. */
export async function setStage(options: DemoOptions, say: (text: string) => void): Promise<Stage> {
  const { data, port } = options;
  mkdirSync(data, { recursive: true });
  const running: Started[] = [];
  let crms: FakeCrms | undefined;
  const close = async (): Promise<void> => {
    for (const program of running.reverse()) await program.stop();
    crms?.save();
    await crms?.close();
    if (options.temporary) rmSync(data, { recursive: true, force: true });
  };
  try {
    say('Starting a NetSuite account on this machine …');
    const emulator = await startEmulator(data);
    running.push(emulator);
    const control = new Control((emulator.ready['control'] ?? `${String(emulator.ready['url'])}/_emulator/`) as string);
    const account = await prepareAccount(control);
    const known = account.fresh ? null : await AccountView.read(control);
    crms = await startFakeCrms(data, account.fixtures);
    const keys = readApiKeys(data);
    const configFile = writeRelayConfig(data, port, emulator.ready, keys, crms.access, ACCOUNT_TIME_ZONE);
    say('Starting the relay …');
    const relay = await startProgram(
      'the relay',
      findBuilt('relay', 'main.cjs'),
      ['--config', configFile],
      path.join(data, 'relay.log'),
    );
    running.push(relay);
    const url = String(relay.ready['url']);
    const { salesforce, hubspot, admin } = keys;
    const { access } = crms;
    return {
      control,
      client: new RelayClient(url),
      keys,
      crms,
      account,
      known,
      close,
      ready: {
        ready: true,
        data,
        relay: { url, console: `${url}/console`, apiKeys: { salesforce, hubspot, admin }, configFile },
        emulator: emulator.ready,
        crm: { salesforce: { url: access.salesforce.url }, hubspot: { url: access.hubspot.url } },
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function startEmulator(data: string): Promise<Started> {
  const config = path.join(data, 'emulator.json');
  writeFileSync(config, JSON.stringify({ data: path.join(data, 'emulator'), timeZone: ACCOUNT_TIME_ZONE }));
  const args = ['--project', path.dirname(findBuilt('sdf', 'manifest.xml')), '--config', config];
  return startProgram('the emulator', findBuilt('emulator', 'main.cjs'), args, path.join(data, 'emulator.log'));
}

/** Sends the sample through, edits records in NetSuite, and checks everything from the fixtures' own expectations. */
export async function playSample(
  stage: Stage,
  say: (text: string) => void,
): Promise<{ summary: Summary; text: string }> {
  const { control, client, keys, account, known, crms } = stage;
  const startedAt = Date.now();
  if (!account.fresh) await closeOldFailures(stage);
  const { fixtures } = account;
  const before = new Set((await control.executions()).map(({ id }) => id));
  say('Sending the sample over 8 connections …');
  const sent = await sendSample(client, keys, fixtures);
  const outcomes = await awaitOutcomes(sent, {
    client,
    keys,
    patienceMs: PATIENCE_MS,
    onProgress: (settled, of) => say(`  ${settled} of ${of} settled`),
    onWait: stallTeller(client, keys.admin, say),
  });
  const executions = (await control.executions()).filter(({ id }) => !before.has(id));
  const writes = await control.writes();
  const view = await AccountView.read(control);
  say('Checking every record in NetSuite …');
  const differences = [...fixtures.accounts, ...fixtures.contacts, ...fixtures.orders].flatMap((record) =>
    checkRecord(view, record),
  );
  const bad = judgeBad(outcomes, view);
  say('Changing customers in NetSuite, waiting for the CRMs to show it …');
  const edits = await editInNetSuite(control, view, fixtures);
  const urls = { salesforce: crms.access.salesforce.url, hubspot: crms.access.hubspot.url };
  const eventsBack = await awaitInCrm(edits, urls, EVENTS_MS);
  const concurrency = await control.concurrency();
  const run = {
    outcomes,
    differences,
    bad,
    executions,
    writes,
    concurrency,
    eventsBack,
    eventsExpected: edits.length,
    startedAt,
    moved: known ? movedSince(known, view) : 0,
    arrived: known ? arrivedSince(known, view) : null,
  };
  const summary = summarise(run);
  return { summary, text: summaryText(summary, bad, differences) };
}

/** Records that stood there before and have another version now: the same sample again must write nothing. */
function movedSince(before: AccountView, after: AccountView): number {
  return [...before.byExternalId].filter(([key, { version }]) => after.byExternalId.get(key)?.version !== version)
    .length;
}

/** Records that were not there before. */
const arrivedSince = (before: AccountView, after: AccountView): number =>
  [...after.byExternalId.keys()].filter((key) => !before.byExternalId.has(key)).length;

/** What an earlier run left to people would hold its records for ever: here the run itself is the person. */
async function closeOldFailures({ client, keys }: Stage): Promise<void> {
  for (const { operationId } of await client.failures(keys.admin, 100)) {
    await client.resolve(keys.admin, operationId, 'sent again by a new run of the demonstration');
  }
}
