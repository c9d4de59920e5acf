import { parseArgs } from 'node:util';
import { ConfigError } from './config/config-error';
import { findConfigFile } from './config/find-config-file';
import { loadConfig } from './config/load-config';
import { loadMapper } from './config/load-mapper';
import { createLogger } from './runtime/create-logger';
import { openStore } from './runtime/open-store';
import { startRelay } from './runtime/start-relay';
import { StoreRefused, StoreUnavailable } from './store/errors';

// The relay as a process: one JSON line on stdout when it is up, logs on stderr, SIGTERM stops it, SIGHUP reads the configuration
// anew. Exit 2: it could not start, and the messages say why.

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(2);
});

async function main(): Promise<void> {
  const file = findConfigFile(givenFile());
  const config = loadConfig(file);
  const mapper = loadMapper(config, file);
  const log = createLogger(config.log.level);
  const store = await openStore(config);
  const starting = startRelay({ config, mapper, store, log });
  let ending = false;
  // A signal during the start is obeyed when it is over: what it began is ended, not cut off. A start that fails is told below.
  const end = (signal: string) => {
    if (ending) return;
    ending = true;
    log.info({ signal }, 'ending');
    starting
      .catch(() => null)
      .then((started) => started?.stop().then(() => process.exit(0)))
      .catch((error: unknown) => {
        log.error({ err: error }, 'the stop failed');
        process.exit(1);
      });
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  process.on('SIGHUP', () => {
    const reload = async (): Promise<void> => {
      const started = await starting;
      const next = loadConfig(file);
      started.reload(next, loadMapper(next, file));
    };
    reload().catch((error: unknown) => {
      // The running configuration stays: a slip in the file must not end the relay.
      log.error({ reason: explain(error) }, 'the configuration was not reloaded');
    });
  });
  const relay = await starting;
  process.stdout.write(`${JSON.stringify({ ready: true, url: relay.url })}\n`);
}

/** A slip in the option must not start the relay of the file that happens to lie in the folder. */
function givenFile(): string | undefined {
  try {
    return parseArgs({ options: { config: { type: 'string' } } }).values.config;
  } catch (error) {
    throw new ConfigError('arguments', [{ path: '', message: `${(error as Error).message} Give --config FILE.` }]);
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StoreRefused || error instanceof StoreUnavailable)
    return error.message;
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return `The address is in use: ${(error as Error).message}. Is a relay running already? Set listen.port to another one.`;
  }
  if (['listen', 'getaddrinfo'].includes((error as NodeJS.ErrnoException).syscall ?? '')) {
    return `The relay can't listen: ${(error as Error).message}. Correct listen.host and listen.port.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
