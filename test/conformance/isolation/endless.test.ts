import type { AccountKernel } from '../../../emulator/kernel/account';
import { callRestlet, openAccount } from '../../helpers/emulator/scripts-in-memory';

const post = (code: string): { source: string } => ({ source: `define([], () => ({ post: (args) => { ${code} } }));` });

let account: AccountKernel;
beforeAll(async () => {
  account = await openAccount({
    scripts: {
      objects: post('const kept = []; for (;;) kept.push(new Array(100_000).fill(1.5));'),
      buffers: post('const kept = []; for (;;) kept.push(new Uint8Array(10_000_000).fill(1));'),
      caught: post('for (;;) try { const kept = []; for (;;) kept.push(new Array(100_000).fill(1.5)); } catch (e) {}'),
      fine: post('return "fine";'),
    },
    config: { memoryLimitMb: 256, cpuLimitMs: 60_000 },
  });
});
afterAll(() => account.close());

describe('a script that takes memory without end', () => {
  it.each(['objects', 'buffers', 'caught'])('is ended by its limit, and the next one runs: %s', async (name) => {
    const { error } = await callRestlet(account, name);
    expect(error).toMatchObject({
      name: 'UNEXPECTED_ERROR',
      message: 'The script takes more than 256 MB of memory (setting memoryLimitMb).',
    });
    expect((await callRestlet(account, 'fine')).body).toBe('fine');
  });

  it('is told from one whose input is nested too deep to be handed over: that one is refused, and its thread goes on', async () => {
    let deep: unknown[] = [];
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    expect((await callRestlet(account, 'fine', deep as never)).error?.message).toContain('call stack');
    expect((await callRestlet(account, 'fine')).body).toBe('fine');
  });
});
