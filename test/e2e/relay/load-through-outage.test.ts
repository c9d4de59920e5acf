import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../helpers/free-port';
import {
  ADMIN,
  KEY,
  MAIN,
  relayFolder,
  StandInNetSuite,
  startRelayProcess,
  type RelayProcess,
} from '../../helpers/relay-process';
import { spawnChild } from '../../helpers/spawn-child';

const RECORDS = 400;

let netsuite: StandInNetSuite;
let folder: ReturnType<typeof relayFolder>;
let relay: RelayProcess;
let url: string;

beforeAll(async () => {
  netsuite = new StandInNetSuite();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  folder = relayFolder(await netsuite.start(), { listen: { port } });
  const record = (at: number) => ({
    recordType: 'customer',
    action: 'upsert',
    full: true,
    key: { externalId: `LOAD${at}` },
    fields: { phone: { value: '1' } },
  });
  writeFileSync(
    path.join(folder.folder, 'records.json'),
    JSON.stringify(Array.from({ length: RECORDS }, (_, at) => record(at))),
  );
  relay = await startRelayProcess(folder.file);
});
afterAll(async () => {
  relay.child.kill('SIGKILL');
  await relay.exited;
  await netsuite.stop();
  folder.remove();
});

/** The command that sends the records one by one; `onNote` sees what it tells on the way. */
async function sendFile(more: readonly string[], onNote: (told: string) => void = () => undefined) {
  const file = path.join(folder.folder, 'records.json');
  const args = ['send', file, '--source', 'direct', '--batch', '1', '--url', url, '--key', KEY, ...more];
  const child = spawnChild([path.join(path.dirname(MAIN), 'cli.cjs'), ...args], { stderr: 'pipe' });
  let out = '';
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    told += chunk.toString();
    onNote(told);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, told };
}

test('a relay that dies in the middle of a load and is started again costs nobody a hand: the command goes on, and nothing is taken twice', async () => {
  const restart: { done?: Promise<void> } = {};
  const { code, out, told } = await sendFile([], (soFar) => {
    if (restart.done || !soFar.includes(`20 of ${RECORDS} sent`)) return;
    relay.child.kill('SIGKILL');
    restart.done = relay.exited.then(async () => {
      relay = await startRelayProcess(folder.file);
    });
  });
  await restart.done;
  expect(told).toContain("can't be reached");
  expect({ code, answer: JSON.parse(out) as unknown }).toMatchObject({ code: 0, answer: { accepted: RECORDS } });
  const answer = await fetch(`${url}/v1/admin/overview`, { headers: { authorization: `Bearer ${ADMIN}` } });
  expect(((await answer.json()) as { accepted: number }).accepted).toBe(RECORDS);
});

test('a command whose patience is over says what to run, and does not repeat the key', async () => {
  let killed = false;
  const { code, told } = await sendFile(['--wait', '0', '--lane', 'bulk'], (soFar) => {
    if (killed || !soFar.includes(`20 of ${RECORDS} sent`)) return;
    killed = true;
    relay.child.kill('SIGKILL');
  });
  expect(code).toBe(1);
  expect(told).toContain('Go on with the same command; nothing is taken twice:\n  suiterelay send ');
  expect(told).toContain(' --key "$SUITERELAY_KEY" --wait 0 --lane bulk');
  expect(told).not.toContain(KEY);
});
