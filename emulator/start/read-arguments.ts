import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Settings } from '../kernel/types';

export interface StartOptions {
  project: string | null;
  port: number;
  config: Partial<Settings>;
}

/** Command line over configuration file. Throws with a message for people when either is wrong. */
export function readArguments(argv: string[]): StartOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      project: { type: 'string', default: 'build/sdf' },
      port: { type: 'string', default: '0' },
      tier: { type: 'string' },
      config: { type: 'string' },
      data: { type: 'string' },
      'no-project': { type: 'boolean', default: false },
    },
  });
  const config = values.config === undefined ? {} : readConfig(values.config);
  if (values.tier !== undefined) config.tier = values.tier as Settings['tier'];
  if (values.data !== undefined) config.data = values.data;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a number from 0 to 65535, not ${values.port}`);
  return { project: values['no-project'] ? null : values.project, port, config };
}

function readConfig(file: string): Partial<Settings> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Settings>;
  } catch (error) {
    throw new Error(`--config ${file}: ${String(error)}`, { cause: error });
  }
}
