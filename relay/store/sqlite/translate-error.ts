import { OperationNotFound, OperationStateError, StoreUnavailable } from '../errors';
import type { OperationState } from '../types';

/** Errors cross the thread as data and come back as what they were. */
export interface ErrorData {
  name: string;
  message: string;
  code?: string;
  operationId?: string;
  state?: OperationState;
}

export function toErrorData(error: unknown): ErrorData {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  return {
    name: error.name,
    message: error.message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error instanceof OperationNotFound || error instanceof OperationStateError
      ? { operationId: error.operationId }
      : {}),
    ...(error instanceof OperationStateError ? { state: error.state } : {}),
  };
}

const UNAVAILABLE: readonly (readonly [prefix: string, reason: StoreUnavailable['reason'], advice: string])[] = [
  ['SQLITE_FULL', 'disk-full', 'The disk of the store is full. Free space; nothing that was accepted is lost.'],
  [
    'SQLITE_READONLY',
    'read-only',
    'The store can only be read. Check the rights of its folder and how its disk is mounted.',
  ],
  ['SQLITE_CORRUPT', 'corrupt', 'The store is damaged. Stop the relay and restore a backup.'],
  ['SQLITE_NOTADB', 'corrupt', 'The store is no database. Stop the relay and restore a backup.'],
  ['SQLITE_IOERR', 'io', 'The disk of the store fails. Look at the system log.'],
  ['SQLITE_CANTOPEN', 'io', "The store can't be opened. Check its folder."],
];

export function fromErrorData(data: ErrorData): Error {
  if (data.operationId !== undefined && data.state !== undefined) return stateError(data, data.operationId, data.state);
  if (data.operationId !== undefined) return new OperationNotFound(data.operationId);
  const known = UNAVAILABLE.find(([prefix]) => data.code?.startsWith(prefix));
  if (known) return new StoreUnavailable(known[1], `${known[2]} (${data.message})`);
  const error = new Error(data.message);
  error.name = data.name;
  return error;
}

function stateError(data: ErrorData, operationId: string, state: OperationState): OperationStateError {
  const error = new OperationStateError(operationId, state, 'changed');
  error.message = data.message;
  return error;
}
