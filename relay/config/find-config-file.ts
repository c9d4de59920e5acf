import { existsSync } from 'node:fs';
import { ConfigError } from './config-error';
import { DEFAULT_FILES } from './load-config';

/** The configuration file: the one given, the environment's, or one of the usual name in the working folder. Throws `ConfigError`. */
export function findConfigFile(given: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const file = given ?? env['SUITERELAY_CONFIG'] ?? DEFAULT_FILES.find((name) => existsSync(name));
  if (file !== undefined) return file;
  throw new ConfigError('configuration', [
    {
      path: '',
      message: `give --config FILE, set SUITERELAY_CONFIG, or put ${DEFAULT_FILES[0]} into this folder (docs/operations.md shows one)`,
    },
  ]);
}
