import type { Front } from '../http/front';
import { FaultError, type HttpExchange } from '../kernel/types';
import { SettingsError } from '../kernel/settings';
import type { ControlAnswer } from './call';
import { badRequest, ControlError, notFound } from './control-error';
import { ROUTES } from './routes';

const PREFIX = '/_emulator/';

/** The control API: JSON in and out, for tests and demonstrations on this machine. */
export async function serveControl(exchange: HttpExchange, front: Front): Promise<void> {
  try {
    const { answer, path } = routeOf(exchange);
    const result = await answer({ front, path, query: exchange.url.searchParams, body: bodyOf(exchange) });
    reply(exchange, 200, result ?? {});
  } catch (error) {
    const { status, code, message } = describe(error);
    reply(exchange, status, { error: { code, message } });
  }
}

function routeOf({ method, url }: HttpExchange): { answer: ControlAnswer; path: Record<string, string> } {
  const parts = url.pathname.slice(PREFIX.length).split('/').map(decoded);
  for (const [pattern, answer] of ROUTES) {
    const [wantedMethod, wantedPath = ''] = pattern.split(' ');
    const path = wantedMethod === method ? match(wantedPath.split('/'), parts) : undefined;
    if (path) return { answer, path };
  }
  throw notFound(`There is no control call ${method} ${url.pathname}.`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`${part} in the path is no URL encoding`);
  }
}

function match(pattern: string[], parts: string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, piece] of pattern.entries()) {
    const actual = parts[index] ?? '';
    if (piece.startsWith(':')) found[piece.slice(1)] = actual;
    else if (piece !== actual) return undefined;
  }
  return found;
}

function bodyOf({ body }: HttpExchange): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw badRequest(`The body is no JSON: ${String(error)}`);
  }
}

function describe(error: unknown): { status: number; code: string; message: string } {
  if (error instanceof ControlError) return error;
  if (error instanceof FaultError) return { status: 400, code: error.fault.name, message: error.fault.message };
  if (error instanceof SettingsError) return { status: 400, code: 'INVALID_SETTING', message: error.message };
  const message = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return { status: 500, code: 'UNEXPECTED_ERROR', message };
}

const reply = (exchange: HttpExchange, status: number, body: unknown): void =>
  exchange.reply(status, { 'content-type': 'application/json' }, JSON.stringify(body));
