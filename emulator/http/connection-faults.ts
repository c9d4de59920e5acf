import type { Account, Deployment, FaultPoint } from '../kernel/types';

export interface ConnectionFault {
  status?: { code: number; body: string };
  /** The connection breaks before the script starts: nothing is stored. */
  cutBefore: boolean;
  /** The script runs to its end, then the connection breaks. */
  cutAfter: boolean;
  /** The script runs, the connection stays open and nobody answers. */
  silent: boolean;
}

/** Which faults strike this request's connection. */
export function connectionFault(account: Account, deployment: Deployment): ConnectionFault {
  const point = { execution: deployment } as unknown as FaultPoint;
  const status = account.faults.strike('status', point);
  return {
    ...(status ? { status: { code: Number(status.code ?? 500), body: textOf(status.body) } } : {}),
    cutBefore: account.faults.strike('cutBeforeCommit', point) !== undefined,
    cutAfter: account.faults.strike('cutAfterCommit', point) !== undefined,
    silent: account.faults.strike('halfOpen', point) !== undefined,
  };
}

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
