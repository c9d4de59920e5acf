/** `npm run emulator`: prints one JSON line when it is up. SIGTERM and SIGINT end it with 0, a refused project or a wrong argument with 1. */
import { setFlagsFromString } from 'node:v8';
import { readArguments } from './start/read-arguments';
import { ProjectRefused, startEmulator } from './start/start-emulator';

/**
 * Every execution has a context of its own, so V8's middle compiler works for code that is thrown away a moment later: 11 % of all processor
 * time of a run of upserts went to it (its heap broker walks all living contexts at each compilation).
 */
setFlagsFromString('--no-maglev');

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  process.env.TZ = options.config.timeZone ?? 'America/Los_Angeles';
  const emulator = await startEmulator(options);
  const stop = (): void => {
    void emulator.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.stdout.write(`${JSON.stringify(emulator.ready)}\n`);
}

main().catch((error: unknown) => {
  const lines =
    error instanceof ProjectRefused ? error.messages : [error instanceof Error ? error.message : String(error)];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
});
