import { randomInt } from 'node:crypto';

/**
 * Ids carry their row number, so that finding one needs no index of its own, and six random characters, so that none can be guessed
 * from another: `op_000000a1x` + `k3m9zq`.
 */
const SPACE = 36 ** 6;
const WIDTH = 9;

const makeId = (prefix: string, no: number): string =>
  prefix + no.toString(36).padStart(WIDTH, '0') + randomInt(SPACE).toString(36).padStart(6, '0');

export const newOperationId = (seq: number): string => makeId('op_', seq);
export const newRequestId = (no: number): string => makeId('req_', no);

/** The row number an id carries, or null when it can't be one of ours. */
export function numberOf(id: string): number | null {
  const match = /^(?:op|req)_([0-9a-z]{9})[0-9a-z]{6}$/.exec(id);
  return match?.[1] ? parseInt(match[1], 36) : null;
}
