import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import * as z from 'zod';
import { ConfigError } from './config-error';
import { explainConfigIssues } from './explain-config-issues';
import { configSchema } from './schema';
import { netsuiteSchema } from './schema-netsuite';
import { withAbsoluteFlowFiles } from './load-config';

const partSchema = z.object({
  environment: configSchema.shape.environment,
  flows: configSchema.shape.flows,
  transforms: configSchema.shape.transforms,
  timeouts: configSchema.shape.timeouts,
  netsuite: z
    .array(
      z.object({
        account: z.string(),
        timeZone: netsuiteSchema.shape.timeZone,
        settings: netsuiteSchema.shape.settings,
      }),
    )
    .min(1),
});

/** The part of a configuration that says what flows. */
export type FlowPart = z.output<typeof partSchema>;

/**
 * Reads only what says what flows: no secret is resolved, so that the configuration of another environment can be compared without its
 * keys being at hand. Throws `ConfigError`.
 */
export function loadFlowPart(file: string): FlowPart {
  if (!existsSync(file)) throw new ConfigError(file, [{ path: '', message: 'there is no such file' }]);
  let content: unknown;
  try {
    content = parseYaml(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(file, [{ path: '', message: `is no YAML or JSON: ${(error as Error).message}` }]);
  }
  const parsed = partSchema.safeParse(content);
  if (!parsed.success) throw new ConfigError(file, explainConfigIssues(parsed.error.issues));
  return { ...parsed.data, ...withAbsoluteFlowFiles(parsed.data, path.dirname(path.resolve(file))) };
}
