import type { Command } from 'commander';
import { loadConfig } from '../../config/load-config';
import { loadMapper } from '../../config/load-mapper';
import type { FlowMapper } from '../../config/load-mapper';
import { mapRecords } from '../../http/accept/map-records';
import { ProblemError } from '../../http/problem';
import { checkStartable } from '../../runtime/check-startable';
import { CliError } from '../cli-error';
import { findConfigFile } from '../../config/find-config-file';
import { json, out } from '../print';
import { readRecords } from '../read-records';

interface ValidateOptions {
  config?: string;
  records?: string;
  source?: string;
  object?: string;
  json?: boolean;
}

export function addValidate(program: Command): void {
  program
    .command('validate')
    .description('check the configuration and the flows; with --records, show what would be sent to NetSuite')
    .option('--config <file>', 'configuration file')
    .option('--records <file>', 'records as the CRM returns them: JSON list, or one JSON object a line')
    .option('--source <name>', 'source of the records')
    .option('--object <name>', "the CRM's name of the object")
    .option('--json', 'answer as JSON')
    .action((options: ValidateOptions) => validate(options));
}

async function validate(options: ValidateOptions): Promise<void> {
  const file = findConfigFile(options.config);
  const config = loadConfig(file);
  const mapper = loadMapper(config, file);
  if (options.records !== undefined) {
    await validateRecords(mapper, config, options);
    return;
  }
  checkStartable(config, mapper);
  const flows = mapper.set(config.netsuite[0]?.account ?? '').flows;
  const enabled = flows.filter((flow) => flow.enabled).length;
  const summary = {
    valid: true,
    accounts: config.netsuite.map(({ account }) => account),
    sources: config.sources.map(({ name }) => name),
    crm: config.crm.map(({ name }) => name),
    flows: enabled,
  };
  if (options.json) json(summary);
  else
    out(
      `${file} is valid: ${summary.accounts.join(', ')}; ${summary.sources.length} sources, ${enabled} of ${flows.length} flows switched on`,
    );
}

async function validateRecords(
  mapper: FlowMapper,
  config: ReturnType<typeof loadConfig>,
  options: ValidateOptions,
): Promise<void> {
  const { records = '', object } = options;
  const source = config.sources.find(({ name }) => name === options.source);
  if (!source || object === undefined) {
    throw new CliError(
      `--records needs --object and --source, one of ${config.sources.map(({ name }) => name).join(', ')}`,
      2,
    );
  }
  const account = source.account ?? config.netsuite[0]?.account ?? '';
  const mapped = await explained(() =>
    mapRecords(mapper, { source, account, object, records: readRecords(records), lane: 'realtime' }),
  );
  const refused = mapped.operations.filter((operation) => operation.refused);
  json({
    operations: mapped.operations.map(({ externalId, recordType, refused: problem, body }) =>
      problem ? { externalId, recordType, problem } : { externalId, recordType, operation: body },
    ),
    ignored: mapped.ignored,
    warnings: mapped.warnings,
  });
  if (refused.length > 0) throw new CliError(`${refused.length} of ${mapped.operations.length} can not be mapped`);
}

async function explained<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ProblemError) throw new CliError(error.message);
    throw error;
  }
}
