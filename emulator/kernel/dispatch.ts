import type { Reply } from '../host/protocol';
import type { AccountKernel } from './account';
import type { ExecutionRow } from './executions';
import { Postponed } from './metering';
import { WithRecords } from './with-records';
import { FaultError, type ScriptFault, type SyscallHandler, type SyscallTable } from './types';

/** What a dead execution may still try, in catch and finally blocks, before its thread is ended. */
const MAX_DEAD_CALLS = 200;

/** Answers one call of a host. Never rejects: whatever goes wrong becomes a fault that the script can see. */
export async function dispatch(
  account: AccountKernel,
  syscalls: SyscallTable,
  row: ExecutionRow,
  name: string,
  args: string,
): Promise<Reply | 'stop'> {
  if (row.dead && ++row.deadCalls > MAX_DEAD_CALLS) return 'stop';
  const answered = await answer(account, syscalls, row, name, args);
  return {
    ...answered,
    unitsLeft: row.unitsLimit - row.unitsUsed,
    virtualMs: row.virtualMs,
    dead: row.dead !== undefined,
  };
}

type Answer = Pick<Reply, 'text' | 'records'>;

const refusal = (fault: ScriptFault): Answer => ({ text: JSON.stringify({ fault }) });

function success(result: unknown): Answer {
  if (!(result instanceof WithRecords)) return { text: JSON.stringify({ ok: result ?? null }) };
  return { text: JSON.stringify({ ok: result.value }), records: result.records };
}

async function answer(
  account: AccountKernel,
  syscalls: SyscallTable,
  row: ExecutionRow,
  name: string,
  args: string,
): Promise<Answer> {
  if (row.dead && !name.startsWith('host.')) return refusal(row.dead);
  const handler = Object.hasOwn(syscalls, name) ? syscalls[name] : undefined;
  if (!handler) return refusal(unknownCall(name));
  let [paid, struck] = [0, false];
  for (;;) {
    row.charges = { made: 0, paid, struck };
    try {
      const result: unknown = call(handler, account, row, args);
      return success(result instanceof Promise ? ((await result) as unknown) : result);
    } catch (error) {
      if (error instanceof Postponed) {
        // The charge that was postponed has still to be paid.
        paid = row.charges.made - 1;
        struck = row.charges.struck;
        await error.until;
        if (row.dead) return refusal(row.dead);
        row.resumed = true;
        continue;
      }
      return refusal(toFault(error, name));
    }
  }
}

const call = (handler: SyscallHandler, account: AccountKernel, row: ExecutionRow, args: string): unknown =>
  handler(account, row, JSON.parse(args) as never);

const unknownCall = (name: string): ScriptFault => ({
  name: 'EMULATOR_UNSUPPORTED',
  message: `${name} is not available in this emulator.`,
});

function toFault(error: unknown, name: string): ScriptFault {
  if (error instanceof FaultError) return error.fault;
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return { name: 'UNEXPECTED_ERROR', message: `An unexpected error has occurred. (emulator, in ${name}: ${text})` };
}
