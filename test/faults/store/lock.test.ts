import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { leashArgs } from '../../helpers/spawn-child';
import { MAIN, relayFolder } from '../../helpers/relay-process';

/** A name space of processes, as a container has one, takes root. */
const CONTAINER = ['--pid', '--fork', '--kill-child'];
const contained = spawnSync('unshare', [...CONTAINER, 'true']).status === 0;

let running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running = [];
});

/** Starts a relay as process 1 of a container of its own; answers what it said first, on stdout or as its last words. */
async function startContained(file: string) {
  const child = spawn('unshare', [...CONTAINER, process.execPath, ...leashArgs(), MAIN, '--config', file], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  running.push(child);
  let refusal = '';
  child.stderr?.on('data', (chunk: Buffer) => (refusal += chunk.toString()));
  const closed = once(child, 'close');
  const ready = child.stdout ? once(child.stdout, 'data').then(String) : closed.then(() => '');
  const said = await Promise.race([ready, closed.then(() => refusal)]);
  return { said, child, closed };
}

(contained ? test : test.skip)(
  'relays that are process 1 of their containers: a second one on the same volume is refused, and one that was killed does not keep the next from starting',
  async () => {
    const folder = relayFolder('http://127.0.0.1:9');
    const first = await startContained(folder.file);
    expect(first.said).toContain('"ready":true');
    const second = await startContained(folder.file);
    expect(second.said).toContain('is in use by process 1. An embedded store serves one relay');
    first.child.kill('SIGKILL');
    await first.closed;
    expect((await startContained(folder.file)).said).toContain('"ready":true');
    folder.remove();
  },
);
