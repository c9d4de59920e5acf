/** `npm run emulator`: prints one JSON line when it is up. SIGTERM and SIGINT end it with 0, a refused project or a wrong argument with 1. */
import { readArguments } from './start/read-arguments';
import { ProjectRefused, startEmulator } from './start/start-emulator';
import { tuneEngine } from './start/tune-engine';

async function main(): Promise<void> {
  tuneEngine();
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
