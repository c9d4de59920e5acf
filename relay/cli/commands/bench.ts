import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { CliError } from '../cli-error';

export function addBench(program: Command): void {
  program
    .command('bench [name]')
    .description('measure on this machine; the same as `npm run bench`')
    .option('--json <file>', 'write the figures to a file')
    .action((name: string | undefined, options: { json?: string }) => {
      const script = path.resolve(__dirname, '../bench/run.cjs');
      if (!existsSync(script))
        throw new CliError('The benchmarks are part of the repository, not of an installation: run it there.', 2);
      const given = [
        ...(name === undefined ? [] : [name]),
        ...(options.json === undefined ? [] : ['--json', options.json]),
      ];
      const { status } = spawnSync(process.execPath, [script, ...given], { stdio: 'inherit' });
      if (status !== 0) throw new CliError(`The benchmark ended with ${status ?? 'a signal'}.`);
    });
}
