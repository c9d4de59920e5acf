import { execFileSync } from 'node:child_process';

describe('docs/emulator-coverage.md', () => {
  it('promises no more of SuiteScript than a running emulator has', () => {
    const line = execFileSync(process.execPath, ['scripts/emulator-coverage.mjs', '--check'], { encoding: 'utf8' });
    const { promised, done } = JSON.parse(line) as { promised: number; done: number };
    expect(done).toBeGreaterThanOrEqual(promised);
    expect(promised).toBeGreaterThan(200);
  });
});
