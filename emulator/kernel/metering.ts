import { API_MS, DOCUMENTED, OBSERVED, OTHER_API_MS, priceOf } from './governance';
import type { ExecutionRow } from './executions';
import { FaultError, fault, type Account, type Execution, type GovernanceClass } from './types';

/** Thrown by `charge` when a fault delays or holds the call; the dispatcher waits and starts the handler afresh. */
export class Postponed extends Error {
  override readonly name = 'Postponed';
  readonly until: Promise<void>;
  constructor(until: Promise<void>) {
    super('call postponed by a fault');
    this.until = until;
  }
}

const USAGE = { name: 'SSS_USAGE_LIMIT_EXCEEDED', message: 'Script Execution Usage Limit Exceeded', fatal: true };
const TIME = { name: 'SSS_TIME_LIMIT_EXCEEDED', message: 'Script Execution Time Exceeded.', fatal: true };

export interface Cost {
  units: number;
  ms: number;
}

/** What the call costs in this account: profile, record class, setting `apiMs`. Throws when the table lacks the API: a mistake of ours. */
export function costOf(account: Account, api: string, recordType?: string): Cost {
  const recordClass: GovernanceClass | undefined = recordType ? account.registry.type(recordType)?.class : undefined;
  const observed = account.settings.governanceProfile === 'observed' ? OBSERVED[api] : undefined;
  const units = priceOf(observed ?? DOCUMENTED[api], recordClass, recordType);
  if (units === undefined) throw new Error(`the governance table has no entry for ${api}`);
  return { units, ms: msOf(account, api, units, recordClass, recordType) };
}

function msOf(account: Account, api: string, units: number, recordClass?: GovernanceClass, kind?: string): number {
  const { apiMs } = account.settings;
  const own = (recordClass ? apiMs[`${api}.${recordClass}`] : undefined) ?? apiMs[api] ?? apiMs['*'];
  if (own !== undefined) return own;
  return priceOf(API_MS[api], recordClass, kind) ?? (units > 0 ? OTHER_API_MS : 0);
}

/**
 * Bills one call. Order: a dead execution dies again; then faults that delay, hold or fail the call; then the limits.
 * Units are deducted before the operation, and a call that can't be paid has not begun (it is not billed).
 */
export function charge(account: Account, execution: Execution, api: string, recordType?: string): void {
  if (execution.dead) throw new FaultError(execution.dead);
  if (isPaid(execution as ExecutionRow)) return;
  strikeFaults(account, execution, api, recordType);
  const { units, ms } = costOf(account, api, recordType);
  if (execution.unitsUsed + units > execution.unitsLimit) throw kill(execution, USAGE);
  execution.unitsUsed += units;
  execution.unitsByApi[api] = (execution.unitsByApi[api] ?? 0) + units;
  addTime(execution, ms);
  const failure = account.faults.strike('failApi', point(execution, api, recordType));
  if (failure) {
    throw fault(
      String(failure.code ?? 'UNEXPECTED_ERROR'),
      String(failure.message ?? 'An unexpected error has occurred.'),
    );
  }
}

/** A postponed call starts afresh: what it had paid before it was postponed is not billed again. */
function isPaid({ charges }: ExecutionRow): boolean {
  if (!charges) return false;
  charges.made += 1;
  return charges.made <= charges.paid;
}

/** Adds virtual time; ends the execution when its limit is passed. */
export function addTime(execution: Execution, ms: number): void {
  execution.virtualMs += ms;
  if (execution.virtualMs > execution.virtualMsLimit) throw kill(execution, TIME);
}

/** Marks the execution dead: nothing it does from now on counts. */
export function kill(execution: Execution, reason: { name: string; message: string }): FaultError {
  execution.dead = { ...reason, fatal: true };
  return new FaultError(execution.dead);
}

export const timeLimitExceeded = TIME;

const point = (execution: Execution, api: string, recordType?: string) => ({
  execution,
  api,
  ...(recordType === undefined ? {} : { recordType }),
});

const WRITES = new Set(['record.save', 'record.submitFields', 'record.delete']);

function strikeFaults(account: Account, execution: Execution, api: string, recordType?: string): void {
  const row = execution as ExecutionRow;
  if (row.resumed) {
    row.resumed = false;
    return;
  }
  const at = point(execution, api, recordType);
  const hold = account.faults.strike('hold', at) as { released?: Promise<void> } | undefined;
  const latency = account.faults.strike('latency', at);
  const delays = [
    ...(latency ? [{ ms: latency.ms ?? 0, real: latency.real === true }] : []),
    ...(row.perRecord && WRITES.has(api) ? [row.perRecord] : []),
  ];
  for (const { ms, real } of delays) if (!real) addTime(execution, ms);
  const realMs = delays.reduce((sum, { ms, real }) => sum + (real ? ms : 0), 0);
  if (!hold?.released && realMs === 0) return;
  const waited = new Promise<void>((resolve) => setTimeout(resolve, realMs));
  throw new Postponed(Promise.all([hold?.released, waited]).then(() => undefined));
}
