import { HostPool } from '../host/pool';
import type { Outcome } from '../host/protocol';
import type { AccountKernel } from './account';
import { dispatch } from './dispatch';
import type { ExecutionRow } from './executions';
import { deploymentOf, launchOf, limitUnits } from './launch';
import { timeLimitExceeded } from './metering';
import { settingOf } from './setting-of';
import type { Execution, RunRequest, RunResult, SyscallTable } from './types';

export interface Runner {
  run(request: RunRequest & { triggers?: boolean }): Promise<RunResult>;
  /** Starts host threads ahead of need. */
  warm(count: number): void;
  /** Ends idle host threads. */
  renew(): void;
  close(): Promise<void>;
}

/** Real time that a script's own code may take between two API calls; setting `cpuLimitMs`. */
const DEFAULT_CPU_LIMIT_MS = 10_000;
/** Memory of the thread that a script runs in; setting `memoryLimitMb`. */
const DEFAULT_MEMORY_LIMIT_MB = 1_024;

export function createRunner(account: AccountKernel, syscalls: SyscallTable): Runner {
  const pool = new HostPool({
    cpuLimitMs: () => settingOf(account, 'cpuLimitMs', DEFAULT_CPU_LIMIT_MS),
    memoryLimitMb: () => settingOf(account, 'memoryLimitMb', DEFAULT_MEMORY_LIMIT_MB),
    answer: async (executionId, name, args) => {
      const row = account.executions.get(executionId);
      // The account was reset meanwhile: a script that goes on whatever it is answered would never end.
      if (!row) return 'stop';
      return dispatch(account, syscalls, row, name, args);
    },
  });
  return {
    run: (request) => run(account, pool, request),
    warm: (count) => pool.warm(count),
    renew: () => pool.renew(),
    close: () => pool.close(),
  };
}

async function run(
  account: AccountKernel,
  pool: HostPool,
  request: RunRequest & { triggers?: boolean },
): Promise<RunResult> {
  const row = account.executions.begin(request, account.clock.now());
  if (request.triggers !== undefined) row.triggers = request.triggers;
  limitUnits(account, row);
  await delayStart(account, row);
  const deployment = deploymentOf(account, request);
  if (request.scriptId !== null && !deployment) {
    const error = {
      name: 'INVALID_SCRIPT_ID',
      message: `There is no deployment ${request.deploymentId} of ${request.scriptId}.`,
    };
    account.executions.end(row, error);
    return { execution: row, error };
  }
  const outcome = await pool.run(launchOf(account, row, deployment), request.input);
  return settle(account, row, outcome);
}

/** A `latency` fault of the whole request: `ms` now, `perRecordMs` with each record written. */
async function delayStart(account: AccountKernel, row: ExecutionRow): Promise<void> {
  const latency = account.faults.strike('latency', { execution: row });
  if (!latency) return;
  const { ms = 0, perRecordMs = 0, real = false } = latency;
  if (perRecordMs > 0) row.perRecord = { ms: perRecordMs, real };
  if (!real) row.virtualMs += ms;
  else if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

/** A dead execution's result does not count, whatever its code did afterwards. */
function settle(account: AccountKernel, row: ExecutionRow, outcome: Outcome | 'burned'): RunResult {
  if (outcome === 'burned') row.dead ??= burnedOut(account, row);
  if (outcome !== 'burned' && outcome.error?.fatal) row.dead ??= { ...outcome.error, fatal: true };
  const error = row.dead ?? (outcome === 'burned' ? undefined : thrown(row, outcome));
  account.executions.end(row, error);
  // A Map/Reduce stage that the script leaves out is no invocation.
  if (outcome !== 'burned' && outcome.missing && row.type === 'mapreduce') account.executions.drop(row);
  if (outcome === 'burned' || outcome.error?.fatal) account.executions.endChildren(row, row.dead ?? timeLimitExceeded);
  if (error) return { execution: row, error };
  return { execution: row, output: (outcome as Outcome).output };
}

/**
 * What ends a script that computes without end: by default the time limit; with setting `cpuLimitError: "statements"` the count of statements
 * or, before 2.1, of instructions (page article_1118114507).
 */
function burnedOut(account: AccountKernel, row: ExecutionRow): NonNullable<Execution['dead']> {
  if (settingOf<string>(account, 'cpuLimitError', 'time') !== 'statements') return { ...timeLimitExceeded };
  const is21 = deploymentOf(account, row)?.apiVersion === '2.1';
  const [name, message] = is21
    ? ['SSS_STATEMENT_COUNT_EXCEEDED', 'Script Execution Statement Count Exceeded.']
    : ['SSS_INSTRUCTION_COUNT_EXCEEDED', 'Script Execution Instruction Count Exceeded.'];
  return { name, message, fatal: true };
}

function thrown(row: ExecutionRow, outcome: Outcome): Outcome['error'] {
  if (!outcome.missing) return outcome.error;
  return { name: 'SSS_MISSING_ENTRY_POINT', message: `The script has no entry point ${row.entry}.` };
}
