import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { allocate, type Script } from '../../../relay/store/core/script';
import { openForWriting } from '../../../relay/store/sqlite/open-database';
import { ScriptRunner } from '../../../relay/store/sqlite/run-script';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'numbers-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open() {
  const db = openForWriting(path.join(folder, 'relay.db'));
  const runner = new ScriptRunner(db);
  function* versions(least: number): Script<number> {
    const [row] = (yield { kind: 'allocate', sequence: 'version', count: 1, least }) as { n: number }[];
    return row?.n ?? 0;
  }
  return {
    take: (count: number) => runner.run(allocate('op', count)),
    version: (least: number) => runner.run(versions(least)),
    runner,
    /** As when the process ends: nothing is written any more. */
    end: () => db.close(),
  };
}

const failing = (work: () => void) => () => {
  work();
  throw new Error('undone');
};

test('the embedded store never gives a number twice: in blocks, after what was undone, and by the next process', () => {
  const given: number[] = [];
  for (let process = 0; process < 4; process++) {
    const { take, runner, end } = open();
    for (let at = 0; at < 3; at++) {
      runner.transact(() => given.push(...take(1), ...take(700)));
      expect(() => runner.transact(failing(() => take(900)))).toThrow('undone');
      runner.transact(() => {
        expect(() => runner.attempt(failing(() => take(1_500)))).toThrow('undone');
        given.push(...take(400));
      });
    }
    end();
  }
  expect(given).toHaveLength(4 * 3 * 1_101);
  expect([...given].sort((a, b) => a - b)).toEqual(given);
  expect(new Set(given).size).toBe(given.length);
});

test('versions of the embedded store grow, whatever least is asked for and whoever asks', () => {
  const given: number[] = [];
  for (const least of [5_000_000, 1, 5_000_001, 9_000_000, 2]) {
    const { version, runner, end } = open();
    given.push(runner.transact(() => version(least)));
    expect(given.at(-1)).toBeGreaterThanOrEqual(least);
    given.push(runner.transact(() => version(least)));
    end();
  }
  expect(given).toEqual([...new Set(given)].sort((a, b) => a - b));
});
