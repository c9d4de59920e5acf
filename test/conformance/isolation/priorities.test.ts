import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { callRestlet, openAccount } from '../../helpers/emulator/scripts-in-memory';

const BEHIND = os.constants.priority.PRIORITY_BELOW_NORMAL;

/** Niceness of this process's threads, by thread (proc_pid_stat(5), field 19). */
function niceness(): Map<string, number> {
  const threads = readdirSync('/proc/self/task').flatMap((thread): [string, number][] => {
    try {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
      return [[thread, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])]];
    } catch {
      // Ended meanwhile.
      return [];
    }
  });
  return new Map(threads);
}

// Elsewhere a process has one priority; one that is behind all others already can't go further back.
const onLinux = process.platform === 'linux' && os.getPriority() < BEHIND ? test : test.skip;

onLinux('threads that run scripts stand behind the thread of the account, which keeps its priority', async () => {
  const before = niceness();
  const account = await openAccount({ scripts: { any: { source: `define([], () => ({ post: () => 'ran' }));` } } });
  try {
    expect((await callRestlet(account, 'any')).body).toBe('ran');
    const now = niceness();
    const made = [...now].filter(([thread]) => !before.has(thread)).map(([, nice]) => nice);
    expect(made).toContain(BEHIND);
    expect(now.get(String(process.pid))).toBe(before.get(String(process.pid)));
    expect(now.get(String(process.pid))).toBeLessThan(BEHIND);
  } finally {
    await account.close();
  }
});
