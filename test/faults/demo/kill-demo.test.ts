import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { spawnChild } from '../../helpers/spawn-child';

jest.setTimeout(300_000);

const DEMO = path.resolve(__dirname, '../../../build/demo/start.cjs');
const data = mkdtempSync(path.join(tmpdir(), 'suiterelay-demo-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

interface Ready {
  relay: { url: string };
  emulator: { url: string };
}

async function startDemo(): Promise<{ ready: Ready; kill: () => Promise<void> }> {
  const child = spawnChild([DEMO, '--once', '--json', '--data', data], { stderr: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return { ready: JSON.parse(line) as Ready, kill };
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  );

test('kill -9 of the demonstration ends its account and its relay too, so that the same folder starts again', async () => {
  const { ready, kill } = await startDemo();
  const urls = [ready.relay.url, ready.emulator.url];
  expect(await Promise.all(urls.map(answers))).toEqual([true, true]);

  // A port that is taken is said where it is read: the folder of this run goes with it, and its log.
  const args = [DEMO, '--once', '--port', new URL(ready.relay.url).port];
  const [code, words] = await new Promise<[unknown, string]>((resolve) =>
    execFile(process.execPath, args, (error, _stdout, stderr) => resolve([error?.code, stderr])),
  );
  expect([code, words]).toEqual([2, expect.stringContaining('The address is in use')]);

  await kill();
  while ((await Promise.all(urls.map(answers))).includes(true)) await new Promise((resolve) => setTimeout(resolve, 50));
  const again = await startDemo();
  expect(await answers(again.ready.relay.url)).toBe(true);
  await again.kill();
});
