import type { ThrownError } from '../host/protocol';
import type { Execution, RunRequest } from './types';

/** An execution while it runs and as the control API lists it afterwards. */
export interface ExecutionRow extends Execution {
  entry: string;
  /** Script parameters that override the deployment's for this run. */
  params?: RunRequest['params'];
  /** Real duration, once it is over. */
  ms: number | null;
  startedReal: number;
  /** What a `latency` fault adds to each record this execution writes. */
  perRecord?: { ms: number; real: boolean };
  /** Calls since it died: a script that never stops calling is stopped from outside. */
  deadCalls: number;
  /** Charges made by the call that is on its way, and how many of them an earlier start of it has paid. */
  charges?: { made: number; paid: number; struck: boolean };
  /** Set while a postponed call starts afresh: its faults have struck already. */
  resumed?: boolean;
  /** False for a user's save that fires no scripts. */
  triggers?: boolean;
  error?: ThrownError;
}

const RESET = { name: 'UNEXPECTED_ERROR', message: 'The account was reset while this ran.', fatal: true };

/** All executions since the reset, in order of their start. */
export class Executions {
  private rows: ExecutionRow[] = [];
  private readonly byId = new Map<string, ExecutionRow>();
  private count = 0;

  begin(request: RunRequest, now: number, parent?: ExecutionRow): ExecutionRow {
    const {
      scriptId,
      deploymentId,
      type,
      entry,
      user,
      context,
      unitsLimit,
      virtualMsLimit,
      stage,
      key,
      params,
      depth,
    } = request;
    const row: ExecutionRow = {
      id: String(++this.count),
      scriptId,
      deploymentId,
      type,
      entry,
      user,
      context,
      unitsUsed: 0,
      unitsLimit,
      unitsByApi: {},
      startedAt: now,
      startedReal: performance.now(),
      virtualMs: 0,
      virtualMsLimit,
      logs: [],
      recordsTouched: 0,
      deadCalls: 0,
      ms: null,
      stage: stage ?? entry,
      ...(key === undefined ? {} : { key }),
      ...(params === undefined ? {} : { params }),
      ...(depth === undefined ? {} : { depth }),
      ...(parent === undefined ? {} : { parent }),
    };
    this.rows.push(row);
    this.byId.set(row.id, row);
    return row;
  }

  /** Closes the User Events that were running when their saver was stopped from outside. */
  endChildren(parent: ExecutionRow, error: ThrownError): void {
    for (const row of this.rows) if (row.parent === parent && row.ms === null) this.end(row, error);
  }

  get(id: string): ExecutionRow | undefined {
    return this.byId.get(id);
  }

  end(row: ExecutionRow, error?: ThrownError): void {
    row.ms = Math.round(performance.now() - row.startedReal);
    if (error) row.error = error;
    if (row.whenOver) for (const call of row.whenOver.splice(0)) call();
  }

  /** Takes back a row whose script turned out to have no such entry point. */
  drop(row: ExecutionRow): void {
    this.byId.delete(row.id);
    const index = this.rows.lastIndexOf(row);
    if (index >= 0) this.rows.splice(index, 1);
  }

  list(): readonly ExecutionRow[] {
    return this.rows;
  }

  /** What still runs is over for the account: it may not write into the one that begins now. */
  clear(): void {
    for (const row of this.rows) if (row.ms === null) row.dead = RESET;
    this.rows = [];
    this.byId.clear();
  }
}
