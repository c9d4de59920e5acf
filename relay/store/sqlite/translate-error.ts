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

const UNAVAILABLE: readonly (readonly [prefix: string, reason: StoreUnavailable['reason'], advice: Advice])[] = [
  [
    'SQLITE_FULL',
    'disk-full',
    (file) => `The disk of the store ${file} is full. Free space; nothing that was accepted is lost.`,
  ],
  [
    'SQLITE_READONLY',
    'read-only',
    (file) =>
      `The store ${file} can only be read. Check the rights of the file, of its -wal and -shm beside it and of the folder, and how the disk is mounted.`,
  ],
  ['SQLITE_CORRUPT', 'corrupt', (file) => `The store ${file} is damaged. Stop the relay and restore a backup.`],
  ['SQLITE_NOTADB', 'corrupt', (file) => `The store ${file} is no database. Stop the relay and restore a backup.`],
  [
    'SQLITE_IOERR',
    'io',
    (file) =>
      `The store ${file}, or its -wal and -shm beside it, can't be read or written. Look at the system log for faults of the disk.`,
  ],
  ['SQLITE_CANTOPEN', 'io', cantOpen],
];

type Advice = (file: string) => string;

/** What keeps a file from being opened is one of these; SQLite doesn't say which. */
export function cantOpen(file: string): string {
  const user = process.getuid?.();
  const who = user === undefined ? 'the user of this process' : `user ${user}, under whom this process runs,`;
  return `The store ${file} can't be opened. Check that it is a file, that ${who} may read and write it, its -wal and -shm beside it and the folder, and that no more files are open than \`ulimit -n\` allows.`;
}

/** Errors that came from the database `file` as they are told. */
export function fromErrorData(data: ErrorData, file: string): Error {
  if (data.operationId !== undefined && data.state !== undefined) return stateError(data, data.operationId, data.state);
  if (data.operationId !== undefined) return new OperationNotFound(data.operationId);
  const known = UNAVAILABLE.find(([prefix]) => data.code?.startsWith(prefix));
  if (known) return new StoreUnavailable(known[1], `${known[2](file)} (${data.message})`);
  const error = new Error(data.message);
  error.name = data.name;
  return error;
}

function stateError(data: ErrorData, operationId: string, state: OperationState): OperationStateError {
  const error = new OperationStateError(operationId, state, 'changed');
  error.message = data.message;
  return error;
}
