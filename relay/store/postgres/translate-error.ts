import { CommitUnknown } from './commit-outcome';
import { OperationNotFound, OperationStateError, StoreUnavailable } from '../errors';

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * Transactions stood in each other's way; done again, it goes through: PostgreSQL's 40001 and 40P01, 53200 when their locks together filled
 * the server's table, 22012 of a change that did not find all its rows (`merge`), 55P03 of one that waited too
 * long for them, and 23505 of the index that keeps a record to one head.
 */
export const isPassing = (error: unknown): boolean =>
  ['40001', '40P01', '53200', '22012', '55P03'].includes(codeOf(error)) ||
  (codeOf(error) === '23505' && constraintOf(error) === 'op_one_head');

const constraintOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'constraint' in error ? error.constraint : null;

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  // The server's machine is gone, or the way to it, or the way out of this one.
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);
/** Classes of what a server says that lets nobody in: its connections, its resources, who signs in to what. `57P`: it is on its way down. */
const LOCKED_OUT = /^(08|28|3D|53|57P)/;
/** A statement was ended by a time limit of the server. */
const ENDED = '57014';

/** What callers get: their own mistakes as they are, the server's troubles as `StoreUnavailable`. */
export function translateError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof OperationNotFound || error instanceof OperationStateError || error instanceof StoreUnavailable)
    return error;
  if (error instanceof CommitUnknown) return new StoreUnavailable('disconnected', message, error);
  const code = codeOf(error);
  if (code === '53100') return new StoreUnavailable('disk-full', `PostgreSQL's disk is full. (${message})`, error);
  if (code === '25006')
    return new StoreUnavailable('read-only', `PostgreSQL takes no writes: a standby? (${message})`, error);
  if (code.startsWith('XX')) return new StoreUnavailable('corrupt', `PostgreSQL reports damage. (${message})`, error);
  const gone = NETWORK.has(code) || LOCKED_OUT.test(code) || /terminat|timeout ex|closed|not queryable/i.test(message);
  if (gone) return new StoreUnavailable('disconnected', `PostgreSQL can't be reached. (${message})`, error);
  if (isPassing(error) || code === ENDED)
    return new StoreUnavailable('io', `PostgreSQL did not come to it in time. (${message})`, error);
  return error instanceof Error ? error : new Error(message);
}
