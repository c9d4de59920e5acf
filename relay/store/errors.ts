import type { OperationState } from './types';

/** The store can't make anything durable at present (disk full, read-only, no connection): answer 503, never 202. */
export class StoreUnavailable extends Error {
  readonly reason: 'disk-full' | 'read-only' | 'corrupt' | 'disconnected' | 'closed' | 'io';
  constructor(reason: StoreUnavailable['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreUnavailable';
    this.reason = reason;
  }
}

/** The store may not be opened as it is; the message says what to do. */
export class StoreRefused extends Error {
  readonly reason:
    | 'locked'
    | 'newer-schema'
    | 'unsafe-file-system'
    | 'unsafe-settings'
    | 'corrupt'
    /** A file of it is none, or belongs to somebody else. */
    | 'cannot-open'
    /** Its contents live in another store now. */
    | 'moved'
    | 'missing'
    /** The target of a move holds something already. */
    | 'not-empty';
  constructor(reason: StoreRefused['reason'], message: string) {
    super(message);
    this.name = 'StoreRefused';
    this.reason = reason;
  }
}

export class OperationNotFound extends Error {
  readonly operationId: string;
  constructor(operationId: string) {
    super(`No operation ${operationId} is stored.`);
    this.name = 'OperationNotFound';
    this.operationId = operationId;
  }
}

/** The operation is in a state that does not allow what was asked. */
export class OperationStateError extends Error {
  readonly operationId: string;
  readonly state: OperationState;
  constructor(operationId: string, state: OperationState, wanted: string) {
    super(`Operation ${operationId} is ${state}; it can't be ${wanted} from there.`);
    this.name = 'OperationStateError';
    this.operationId = operationId;
    this.state = state;
  }
}

/** A shadow is no longer what the request was based on: nothing of the request was stored. Read it again and decide anew. */
export class ShadowOvertaken extends Error {
  constructor() {
    super('What the request was based on has changed meanwhile; nothing was stored.');
    this.name = 'ShadowOvertaken';
  }
}
