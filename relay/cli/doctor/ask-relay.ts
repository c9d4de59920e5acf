import type { RelayConfig } from '../../config/schema';
import { bad, ok, warn, type Finding } from './findings';

const ANSWER_MS = 5_000;

/** What a running relay has seen since it started. */
export interface RelayCalls {
  /** Calls whose key or signature was that of a source, by its name. */
  bySource: ReadonlyMap<string, number>;
  /** Calls refused for their key or signature, by route. */
  refused: ReadonlyMap<string, number>;
}

/** A relay that is not running is no fault: the doctor is asked before the first start too. */
export async function askRelay(config: RelayConfig): Promise<{ finding: Finding; calls: RelayCalls | null }> {
  const { host, port, tls } = config.listen;
  const url = config.publicUrl ?? `${tls ? 'https' : 'http'}://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const body = (await answer.json()) as { status: string; checks: Record<string, string> };
    if (answer.ok) return { finding: ok('relay', `${url} is ready`), calls: await readCalls(url) };
    const failing = Object.entries(body.checks).filter(([, state]) => state !== 'ok');
    const message = failing.map(([name, state]) => `${name}: ${state}`).join('; ');
    return { finding: bad('relay', message, 'See the log of the relay.'), calls: null };
  } catch {
    const remedy = 'Start it with `npm run relay -- --config FILE`, unless it is meant to be down.';
    return { finding: warn('relay', `nothing answers at ${url}`, remedy), calls: null };
  }
}

/** Its metrics; null where the way to them is closed. */
async function readCalls(url: string): Promise<RelayCalls | null> {
  try {
    const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return answer.ok ? parseCalls(await answer.text()) : null;
  } catch {
    return null;
  }
}

/** Reads the two counters out of Prometheus' text format. */
export function parseCalls(text: string): RelayCalls {
  const bySource = new Map<string, number>();
  const refused = new Map<string, number>();
  for (const line of text.split('\n')) {
    const source = /^suiterelay_source_calls_total\{source="([^"]*)"\} (\d+)/.exec(line);
    if (source) bySource.set(source[1]!, Number(source[2]));
    const request = /^suiterelay_http_requests_total\{route="([^"]*)",status="40[13]"\} (\d+)/.exec(line);
    if (request) refused.set(request[1]!, (refused.get(request[1]!) ?? 0) + Number(request[2]));
  }
  return { bySource, refused };
}
