#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config/config-error';
import { CliError } from './cli-error';
import { addBackfill } from './commands/backfill';
import { addBench } from './commands/bench';
import { addCrmInstall } from './commands/crm-install';
import { addDoctor } from './commands/doctor';
import { addFailures } from './commands/failures';
import { addFlows } from './commands/flows';
import { addForget } from './commands/forget';
import { addKeygen } from './commands/keygen';
import { addPreflight } from './commands/preflight';
import { addPull } from './commands/pull';
import { addReconcile } from './commands/reconcile';
import { addReport } from './commands/report';
import { addSend } from './commands/send';
import { addSlots } from './commands/slots';
import { addStore } from './commands/store';
import { addValidate } from './commands/validate';

const program = new Command('suiterelay')
  .description('Operates SuiteRelay: keys, checks, flows, records, failures, slots.')
  .exitOverride()
  .showHelpAfterError();

for (const add of [
  addDoctor,
  addPreflight,
  addBackfill,
  addCrmInstall,
  addKeygen,
  addValidate,
  addFlows,
  addSend,
  addFailures,
  addPull,
  addForget,
  addReconcile,
  addReport,
  addSlots,
  addStore,
  addBench,
])
  add(program);

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof ConfigError) fail(error.message, 2);
  else if (error instanceof CliError) fail(error.message, error.exitCode);
  else if (isFileFault(error)) fail(error.message, 2);
  else fail(error instanceof Error ? (error.stack ?? error.message) : String(error), 1);
});

/** A file or folder that the command names can't be read or written. */
function isFileFault(error: unknown): error is Error {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  // Reading an opened folder fails without its path.
  return error instanceof Error && code !== undefined && (path !== undefined || syscall === 'read');
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}
