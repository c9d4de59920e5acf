import type { Command } from 'commander';
import { findConfigFile } from '../../config/find-config-file';
import { loadConfig } from '../../config/load-config';
import { StoreRefused, StoreUnavailable } from '../../store/errors';
import { backUpSqlite } from '../../store/transfer/back-up-sqlite';
import { moveToPostgres } from '../../store/transfer/move-to-postgres';
import { CliError } from '../cli-error';
import { json, out, table } from '../print';

interface MigrateOptions {
  to: string;
  postgres?: string;
  from?: string;
  config?: string;
  json?: boolean;
}

/** What is done with the store as a whole, while the relay stands still (`migrate`) or not (`backup`). */
export function addStore(program: Command): void {
  program
    .command('migrate')
    .description('move everything the embedded store holds into an empty PostgreSQL store; the relay must be stopped')
    .requiredOption('--to <engine>', 'postgres')
    .option('--postgres <connection>', 'connection string of the new store (SUITERELAY_POSTGRES)')
    .option('--from <path>', 'folder of the embedded store, instead of the one in the configuration')
    .option('--config <file>', 'configuration file')
    .option('--json', 'answer as JSON')
    .action((options: MigrateOptions) => explained(() => migrate(options)));
  program
    .command('backup')
    .description('write a consistent copy of the embedded store into a file; the relay may be running')
    .requiredOption('--to <file>', 'file to write; must not exist')
    .option('--from <path>', 'folder of the embedded store, instead of the one in the configuration')
    .option('--config <file>', 'configuration file')
    .action((options: { to: string; from?: string; config?: string }) =>
      explained(() => {
        const bytes = backUpSqlite(pathOf(options), options.to);
        out(
          `${options.to} written and checked: ${bytes} bytes. To restore, put it as relay.db into an empty store folder.`,
        );
      }),
    );
}

async function migrate(options: MigrateOptions): Promise<void> {
  if (options.to !== 'postgres') throw new CliError(`A store can be moved to postgres, not to ${options.to}.`, 2);
  const connectionString = options.postgres ?? process.env['SUITERELAY_POSTGRES'];
  if (connectionString === undefined)
    throw new CliError(
      'Name the new store with --postgres, or in SUITERELAY_POSTGRES to keep its password out of sight.',
      2,
    );
  const { rows } = await moveToPostgres({ from: pathOf(options), connectionString });
  if (options.json) return json({ moved: rows });
  out(
    table(
      ['table', 'rows'],
      Object.entries(rows).map(([name, n]) => [name, String(n)]),
    ),
  );
  out('All rows arrived. Set store.postgres in the configuration instead of store.path, and start the relay.');
}

function pathOf({ from, config }: { from?: string; config?: string }): string {
  if (from !== undefined) return from;
  const { path } = loadConfig(findConfigFile(config)).store;
  if (path === undefined) throw new CliError('The configuration names no embedded store (store.path): give --from.', 2);
  return path;
}

async function explained(work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof StoreRefused || error instanceof StoreUnavailable) throw new CliError(error.message, 1);
    throw error;
  }
}
