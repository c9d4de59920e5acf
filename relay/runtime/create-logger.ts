import { destination, pino, stdTimeFunctions } from 'pino';
import type { Logger } from 'pino';
import { REDACTED_PATHS } from '../security/redact';

/** Structured logs on stderr, one JSON object a line; stdout is kept for the ready line. */
export function createLogger(level: string, target: { fd?: number } = {}): Logger {
  return pino(
    {
      level,
      base: { service: 'suiterelay', pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...REDACTED_PATHS], censor: '[redacted]' },
    },
    destination({ dest: target.fd ?? 2, sync: false }),
  );
}
