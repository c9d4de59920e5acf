import { VirtualClock } from './clock';
import { decorateSaves } from './decorate-saves';
import { Executions } from './executions';
import { FaultBoard } from './faults';
import { LedgerBook } from './ledgers';
import { charge } from './metering';
import { createRunner, type Runner } from './run';
import { DEFAULT_SETTINGS, mergeSettings } from './settings';
import { mergeSyscalls } from './syscalls';
import type { Account, Part, Settings } from './types';

/** The account with what only the emulator's own front (HTTP, control, hosts) touches. */
export interface AccountKernel extends Account {
  readonly clock: VirtualClock;
  readonly faults: FaultBoard;
  readonly ledgers: LedgerBook;
  readonly executions: Executions;
  /** Functions of the object that a script file returned, by content hash, as executions have shown them. */
  readonly entryPoints: Map<string, string[]>;
  /** How often types and fields were added. */
  registryChanges: number;
  readonly runner: Runner;
  readonly partList: readonly Part[];
  /** Ends the host threads and closes the store. */
  close(): Promise<void>;
}

const LOG_LEVELS = ['DEBUG', 'AUDIT', 'ERROR', 'EMERGENCY'];

/**
 * Puts an account together from its parts. The services (store, registry, permissions, scripts) come onto the same object as the parts
 * answer them, so a part may hold on to the account it is given.
 */
export async function createAccount(config: Partial<Settings>, parts: readonly Part[]): Promise<AccountKernel> {
  const account = newAccount(mergeSettings(structuredClone(DEFAULT_SETTINGS), config), parts);
  for (const part of parts) Object.assign(account, part.services?.(account));
  countRegistryChanges(account);
  for (const part of parts) await part.install?.(account);
  return account;
}

/** Hosts keep metadata; a type or field that is added later makes them ask again. */
function countRegistryChanges(account: AccountKernel): void {
  const { registry } = account;
  for (const change of ['addType', 'addField', 'addList'] as const) {
    const original = registry[change].bind(registry) as (...args: unknown[]) => void;
    const counted = (...args: unknown[]): void => {
      account.registryChanges += 1;
      original(...args);
    };
    Object.assign(registry, { [change]: counted });
  }
}

function newAccount(settings: Settings, parts: readonly Part[]): AccountKernel {
  const base = {
    id: settings.accountId,
    settings,
    clock: new VirtualClock(),
    faults: new FaultBoard(),
    ledgers: new LedgerBook(),
    executions: new Executions(),
    registryChanges: 0,
    entryPoints: new Map<string, string[]>(),
    parts: new Map<string, unknown>(),
    partList: parts,
  };
  const account = Object.assign(base, {
    charge: (execution, api, recordType) => charge(account, execution, api, recordType),
    log: (execution, level, title, details) => log(account, execution, level, title, details),
    feature: (id) => account.settings.features[id.toUpperCase()] === true,
    run: (request) => account.runner.run(request),
    noteWrite: (entry) => account.ledgers.push('records', entry),
    close: async () => {
      account.faults.clear();
      account.clock.reset();
      await account.runner.close();
      account.store?.close();
    },
  } satisfies Partial<AccountKernel>) as unknown as AccountKernel;
  Object.assign(account, { runner: createRunner(account, decorateSaves(mergeSyscalls(parts))) });
  return account;
}

/** The Execution Log of one deployment shows what is at or above its log level. */
function log(
  account: AccountKernel,
  execution: Parameters<Account['log']>[0],
  level: string,
  title: string,
  details: string,
): void {
  const { scriptId, deploymentId } = execution;
  const deployment = scriptId && deploymentId ? account.scripts.find(scriptId, deploymentId) : undefined;
  if (LOG_LEVELS.indexOf(level.toUpperCase()) < LOG_LEVELS.indexOf(deployment?.logLevel ?? 'DEBUG')) return;
  execution.logs.push({ level, title, details });
  const date = new Date(account.clock.now()).toISOString();
  account.ledgers.push('log', { date, executionId: execution.id, scriptId, deploymentId, level, title, details });
}
