import { randomBytes } from 'node:crypto';

/** W3C trace context of a request. */
export interface Trace {
  /** 32 hex digits. */
  traceId: string;
  /** To pass on: our own span in the caller's trace. */
  traceparent: string;
  /** 16 hex digits: our own span, and the caller's, where it gave one. */
  spanId: string;
  parentSpanId: string | undefined;
  /** The caller wants it recorded, or began none. */
  sampled: boolean;
}

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const ZERO = /^0+$/;

/** Goes on with the caller's trace, or begins one where the header is missing or not valid (all-zero ids and version ff are not). */
export function continueTrace(header: string | undefined): Trace {
  const found = FORM.exec(header ?? '');
  const [, version = '', trace = '', parent = '', flags = '', rest] = found ?? [];
  const valid =
    found && version !== 'ff' && !ZERO.test(trace) && !ZERO.test(parent) && (version !== '00' || rest === undefined);
  const traceId = valid ? trace : randomBytes(16).toString('hex');
  const spanId = randomBytes(8).toString('hex');
  return {
    traceId,
    traceparent: `00-${traceId}-${spanId}-${valid ? flags : '01'}`,
    spanId,
    parentSpanId: valid ? parent : undefined,
    sampled: !valid || (parseInt(flags, 16) & 1) === 1,
  };
}
