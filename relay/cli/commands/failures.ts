import type { Command } from 'commander';
import { CliError } from '../cli-error';
import { json, out, short, table } from '../print';
import { askRelay, relayTarget, RelayUnreachable, type RelayTarget } from '../relay-api';

interface Failure {
  operationId: string;
  state: string;
  recordType: string;
  externalId: string;
  updatedAt: string;
  error?: { code: string; class: string; message: string; action: string };
}

interface ListOptions {
  url?: string;
  key?: string;
  json?: boolean;
  limit: string;
  state?: string;
  class?: string;
  code?: string;
  source?: string;
  object?: string;
}

const remote = (command: Command): Command =>
  command
    .option('--url <url>', 'address of the relay (SUITERELAY_URL)')
    .option('--key <key>', 'API key (SUITERELAY_KEY)');

const filtered = (command: Command): Command =>
  remote(command)
    .option('--class <class>', 'only of this error class')
    .option('--code <code>', 'only with this error code')
    .option('--source <name>', 'only of this source')
    .option('--object <name>', 'only of this object');

export function addFailures(program: Command): void {
  filtered(program.command('failures [id]'))
    .description('list what is in review or dead with its remedy, or show one with everything that is kept')
    .option('--state <state>', 'review or dead')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'answer as JSON')
    .action((id: string | undefined, options: ListOptions) => (id === undefined ? list(options) : show(id, options)));

  filtered(program.command('replay [ids...]'))
    .description('send failures again: the ones named, or all that a filter finds')
    .option('--all', 'all failures that the filters find')
    .option('--limit <n>', 'at most so many', '1000')
    .action((ids: string[], options: ListOptions & { all?: boolean }) => replay(ids, options));

  remote(program.command('resolve <id>'))
    .description('close a failure that was handled elsewhere')
    .requiredOption('--note <text>', 'how it was handled')
    .action(async (id: string, options: { note: string; url?: string; key?: string }) => {
      json(
        await askRelay(relayTarget(options), `/v1/failures/${encodeURIComponent(id)}/resolve`, {
          body: { note: options.note },
        }),
      );
    });
}

async function list(options: ListOptions): Promise<void> {
  const given = Object.entries({
    state: options.state,
    class: options.class,
    code: options.code,
    source: options.source,
    object: options.object,
    limit: options.limit,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { failures, next } = await askRelay<{ failures: Failure[]; next: string | null }>(
    relayTarget(options),
    `/v1/failures?${new URLSearchParams(given).toString()}`,
  );
  if (options.json) {
    json(failures);
    return;
  }
  const rows = failures.map(({ operationId, state, recordType, externalId, error }) => [
    operationId,
    state,
    `${recordType} ${externalId}`,
    error?.code ?? '',
    short(error?.message ?? '', 80),
  ]);
  out(rows.length === 0 ? 'No failures.' : table(['operation', 'state', 'record', 'code', 'why'], rows));
  if (next !== null) out('There are more; raise --limit.');
}

async function show(id: string, options: ListOptions): Promise<void> {
  json(await askRelay(relayTarget(options), `/v1/failures/${encodeURIComponent(id)}`));
}

async function replay(ids: readonly string[], options: ListOptions & { all?: boolean }): Promise<void> {
  const target = relayTarget(options);
  if (ids.length > 0) {
    await replayNamed(ids, target);
    return;
  }
  const { class: errorClass, code, source, object } = options;
  if (!options.all && [errorClass, code, source, object].every((one) => one === undefined)) {
    throw new CliError('Name operations, give a filter, or --all.', 2);
  }
  const filter = { class: errorClass, code, source, object };
  json(await askRelay(target, '/v1/failures/replay', { body: { filter, limit: Number(options.limit) } }));
}

/** One after the other; one that is refused keeps none of the others, and what was done is told all the same. */
async function replayNamed(ids: readonly string[], target: RelayTarget): Promise<void> {
  const answers: { operationId: string; state?: string; error?: string }[] = [];
  for (const operationId of ids) {
    try {
      const path = `/v1/failures/${encodeURIComponent(operationId)}/replay`;
      const { state } = await askRelay<Failure>(target, path, { body: {} });
      answers.push({ operationId, state });
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      answers.push({ operationId, error: error.message });
      if (error instanceof RelayUnreachable) break;
    }
  }
  json(answers);
  const done = answers.filter(({ state }) => state !== undefined).length;
  if (done < ids.length) throw new CliError(`${done} of ${ids.length} were replayed.`);
}
