import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { leashArgs, spawnChild } from '../../helpers/spawn-child';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // Ended, and not yet collected by whoever took it over.
    const stat = `/proc/${pid}/stat`;
    return !(existsSync(stat) && /\) Z /.test(readFileSync(stat, 'utf8')));
  } catch {
    return false;
  }
};

/** A process that starts another one and tells its number. */
const STARTER = `
  const { spawn } = require('node:child_process');
  const args = [...${JSON.stringify(leashArgs())}, '-e', 'setInterval(() => {}, 1000)'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  console.log(child.pid);
  setInterval(() => {}, 1000);`;

test('a child of a test ends with the process that started it, also when that is killed', async () => {
  const starter = spawnChild(['-e', STARTER]);
  const [line] = (await once(createInterface({ input: starter.stdout }), 'line')) as [string];
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  starter.kill('SIGKILL');
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isAlive(pid)).toBe(false);
});
