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
  timeoutMs?: number;
}

/** Spans kept for a collector that is slow or away; the oldest go first. Traces are an aid, never a reason to run out of memory. */
const MOST = 4_096;
const PER_CALL = 512;
const TIMEOUT_MS = 10_000;

/** Sends spans to an OpenTelemetry collector by OTLP over HTTP, in groups. What can't be sent is dropped, and the log says so. */
export function startExportingSpans(options: ExportOptions): { trace: Tracer; stop: () => Promise<void> } {
  const waiting: Span[] = [];
  let dropped = 0;
  let sending: Promise<boolean> | null = null;

  const send = async (spans: readonly Span[]): Promise<boolean> => {
    try {
      await post(options, spans);
      return true;
    } catch (error) {
      dropped += spans.length;
      options.log.warn({ err: error, dropped }, 'spans could not be exported');
      return false;
    }
  };
  /** One call after the other: what a slow collector does not take meanwhile waits where it is counted. False where it took none. */
  const sendAll = async (): Promise<boolean> => {
    while (waiting.length > 0) if (!(await send(waiting.splice(0, PER_CALL)))) return false;
    return true;
  };
  const flush = (): Promise<boolean> =>
    (sending ??= sendAll().finally(() => {
      sending = null;
    }));
  const timer = setInterval(() => void flush(), options.everyMs ?? 5_000);
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
      // A collector that is away keeps nobody from ending: it is asked once more at most.
      if (sending === null || (await sending)) await flush();
    },
  };
}

async function post({ endpoint, headers, resource, timeoutMs = TIMEOUT_MS }: ExportOptions, spans: readonly Span[]) {
  const answer = await request(`${endpoint.replace(/\/$/, '')}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(encodeSpans(spans, resource)),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  await answer.body.dump();
  if (answer.statusCode >= 300) throw new Error(`the collector answered ${answer.statusCode}`);
}
