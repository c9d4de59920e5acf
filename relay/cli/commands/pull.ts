import type { Command } from 'commander';
import { json } from '../print';
import { askRelay, relayTarget } from '../relay-api';

interface Options {
  url?: string;
  key?: string;
  account?: string;
}

/** Reads now what flows mirror from NetSuite to the CRMs. */
export function addPull(program: Command): void {
  program
    .command('pull [flow]')
    .description('read now what NetSuite owns and the CRMs mirror: one flow, or all of them')
    .option('--account <account>', 'NetSuite account, where the relay serves several')
    .option('--url <url>', 'address of the relay (SUITERELAY_URL)')
    .option('--key <key>', 'administrator key (SUITERELAY_KEY)')
    .action(async (flow: string | undefined, options: Options) => {
      const body = {
        ...(flow === undefined ? {} : { flow }),
        ...(options.account === undefined ? {} : { account: options.account }),
      };
      json(await askRelay(relayTarget(options), '/v1/admin/pull', { body }));
    });
}
