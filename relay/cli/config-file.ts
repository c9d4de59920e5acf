import { existsSync } from 'node:fs';
import { DEFAULT_FILES } from '../config/load-config';
import { CliError } from './cli-error';

/** The configuration file: the option, the environment, or a file of the usual name in the working folder. Throws `CliError`. */
export function findConfigFile(given: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const file = given ?? env['SUITERELAY_CONFIG'] ?? DEFAULT_FILES.find((name) => existsSync(name));
  if (file !== undefined) return file;
  throw new CliError(
    `No configuration: give --config FILE, set SUITERELAY_CONFIG, or put ${DEFAULT_FILES[0]} into this folder (docs/operations.md shows one).`,
    2,
  );
}
