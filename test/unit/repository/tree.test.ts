import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

const root = path.resolve(__dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter(Boolean);

test('no two tests of one file share a title, so that a failure names its guarantee', () => {
  const doubled = tracked
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => {
      const titles = [...read(file).matchAll(/^(\s*)(?:test|it)\((['"`])(.+?)\2,/gm)].map(
        (found) => `${found[1]}${found[3]}`,
      );
      return titles.filter((title, at) => titles.indexOf(title) !== at).map((title) => `${file}: ${title.trim()}`);
    });
  expect(doubled).toEqual([]);
});

test('the lock file records no download addresses, so that every registry serves it', () => {
  expect(read('package-lock.json')).not.toContain('"resolved"');
});

test('a Node that is too old is refused in words and with exit code 2', () => {
  const said: string[] = [];
  const exits: number[] = [];
  const run = (version: string): void => {
    vm.runInNewContext(read('scripts/require-node.cjs'), {
      process: { versions: { node: version }, exit: (code: number) => exits.push(code) },
      console: { error: (text: string) => said.push(text) },
    });
  };
  run('22.13.0');
  run('24.21.0');
  expect(exits).toEqual([]);
  run('20.20.2');
  run('22.12.9');
  expect(exits).toEqual([2, 2]);
  expect(said[0]).toContain('needs Node 22.13 or newer; this is Node 20.20.2');
});

test('the emulator knows nothing of the project it runs', () => {
  const telling = tracked.filter((file) => file.startsWith('emulator/') && /srl|suiterelay/i.test(read(file)));
  expect(telling).toEqual([]);
});
