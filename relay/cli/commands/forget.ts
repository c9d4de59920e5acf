import type { Command } from 'commander';
import { json } from '../print';
import { askRelay, relayTarget } from '../relay-api';

interface Options {
  url?: string;
  key?: string;
  account?: string;
}

/** For an account that was reset, refreshed or restored behind the relay. */
export function addForget(program: Command): void {
  program
    .command('forget')
    .description(
      'drop what a NetSuite account is known to hold, after it was reset: records are then sent again as they come. Nothing that was accepted is lost',
    )
    .option('--account <account>', 'NetSuite account, where the relay serves several')
    .option('--url <url>', 'address of the relay (SUITERELAY_URL)')
    .option('--key <key>', 'administrator key (SUITERELAY_KEY)')
    .action(async (options: Options) => {
      const body = options.account === undefined ? {} : { account: options.account };
      json(await askRelay(relayTarget(options), '/v1/admin/forget', { body }));
    });
}
