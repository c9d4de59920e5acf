import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from './cli-error';
import { note } from './print';

export interface RelayTarget {
  url: string;
  key: string;
}

/** Where the relay is and by which key: options first, then the environment. Throws `CliError`. */
export function relayTarget(
  options: { url?: string; key?: string },
  env: NodeJS.ProcessEnv = process.env,
): RelayTarget {
  const url = options.url ?? env['SUITERELAY_URL'] ?? 'http://127.0.0.1:8080';
  const key = options.key ?? env['SUITERELAY_KEY'];
  if (key === undefined || key === '') {
    throw new CliError('No API key: set SUITERELAY_KEY, or give --key.', 2);
  }
  return { url: url.replace(/\/$/, ''), key };
}

/** The relay did not answer: it is not running, or ended in the middle. */
export class RelayUnreachable extends CliError {
  override readonly name = 'RelayUnreachable';
}

export interface ApiCall {
  method?: 'GET' | 'POST';
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Calls the relay. Throws `RelayUnreachable` when no answer comes; what it answers is returned as it is. */
export async function callRelay(
  target: RelayTarget,
  path: string,
  { method, body, headers }: ApiCall = {},
): Promise<ApiAnswer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${target.url}${path}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: `Bearer ${target.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new RelayUnreachable(
      `The relay at ${target.url} can't be reached: ${cause}. Is it running? (--url, SUITERELAY_URL)`,
    );
  }
  return { status: response.status, headers: response.headers, body: parse(text) };
}

/**
 * The same for answers that must be good. Throws `CliError` with the relay's own words. Waits as long as a spent quota asks for: a report
 * asks for each order of a month, more than a window allows.
 */
export async function askRelay<T>(target: RelayTarget, path: string, call: ApiCall = {}): Promise<T> {
  for (;;) {
    const { status, headers, body } = await callRelay(target, path, call);
    if (status >= 200 && status < 300) return body as T;
    const pauseS = Number(headers.get('retry-after') ?? 0);
    if (status !== 429 || !(pauseS > 0)) throw new CliError(`The relay answered ${status}: ${problemText(body)}`);
    note(`The relay asks to go on in ${pauseS} s.`);
    await sleep(pauseS * 1_000);
  }
}

export function problemText(body: unknown): string {
  const { detail, errors } = (body ?? {}) as { detail?: string; errors?: { pointer: string; detail: string }[] };
  const faults = (errors ?? []).map((one) => `\n  ${one.pointer}: ${one.detail}`).join('');
  return `${detail ?? JSON.stringify(body)}${faults}`;
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}
