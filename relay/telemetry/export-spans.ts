import type { Logger } from 'pino';
import { request } from 'undici';
import { encodeSpans } from './encode-spans';
import type { Span, Tracer } from './span';

export interface ExportOptions {
  /** Address of a collector, without `/v1/traces`. */
  endpoint: string;
  headers: Readonly<Record<string, string>>;
  resource: Readonly<Record<string, string>>;
  log: Logger;
  everyMs?: number;
}

/** Spans kept for a collector that is slow or away; the oldest go first. Traces are an aid, never a reason to run out of memory. */
const MOST = 4_096;
const PER_CALL = 512;
const TIMEOUT_MS = 10_000;

/** Sends spans to an OpenTelemetry collector by OTLP over HTTP, in groups. What can't be sent is dropped, and the log says so. */
export function startExportingSpans(options: ExportOptions): { trace: Tracer; stop: () => Promise<void> } {
  const url = `${options.endpoint.replace(/\/$/, '')}/v1/traces`;
  let waiting: Span[] = [];
  let dropped = 0;
  let sending: Promise<void> = Promise.resolve();

  const send = async (spans: readonly Span[]): Promise<void> => {
    try {
      const answer = await request(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...options.headers },
        body: JSON.stringify(encodeSpans(spans, options.resource)),
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
      });
      await answer.body.dump();
      if (answer.statusCode >= 300) throw new Error(`the collector answered ${answer.statusCode}`);
    } catch (error) {
      dropped += spans.length;
      options.log.warn({ err: error, dropped }, 'spans could not be exported');
    }
  };
  const flush = (): void => {
    const spans = waiting;
    waiting = [];
    for (let at = 0; at < spans.length; at += PER_CALL) {
      const some = spans.slice(at, at + PER_CALL);
      sending = sending.then(() => send(some));
    }
  };
  const timer = setInterval(flush, options.everyMs ?? 5_000);
  timer.unref();
  return {
    trace: (span) => {
      if (waiting.length >= MOST) {
        waiting.shift();
        dropped += 1;
      }
      waiting.push(span);
    },
    stop: async () => {
      clearInterval(timer);
      flush();
      await sending;
    },
  };
}
