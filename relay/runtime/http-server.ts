import { readFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { ConfigError } from '../config/config-error';
import type { RelayConfig } from '../config/schema';

export interface RunningServer {
  url: string;
  /** Has an application answer, also what came before there was one. */
  serve: (app: RequestListener) => void;
  /** Takes no new connections, answers what came, at most `drainMs`. */
  stop: (drainMs: number) => Promise<void>;
}

/** How long callers may take, in ms. */
export interface Patience {
  /** From the connection's first byte to the end of the headers. */
  headersMs: number;
  /** To the end of the body. */
  requestMs: number;
  /** How often connections are looked at; what is too slow ends that much later at most. */
  lookMs: number;
}

const PATIENCE: Patience = { headersMs: 15_000, requestMs: 60_000, lookMs: 5_000 };

/** Listens, with TLS where it is configured. What comes before there is an application to answer it waits. */
export async function listen(
  { listen: { host, port, tls } }: Pick<RelayConfig, 'listen'>,
  { headersMs, requestMs, lookMs }: Patience = PATIENCE,
): Promise<RunningServer> {
  const waiting: (readonly [IncomingMessage, ServerResponse])[] = [];
  let answer: RequestListener = (...exchange) => void waiting.push(exchange);
  const serve = (app: RequestListener): void => {
    answer = app;
    for (const [request, response] of waiting.splice(0)) app(request, response);
  };
  const onRequest: RequestListener = (request, response) => answer(request, response);
  // Slow or idle callers can't hold connections for ever; keep-alive outlives that of common load balancers (60 s).
  const options = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: 75_000,
    connectionsCheckingInterval: lookMs,
  };
  const server: Server = tls
    ? createSecure({ ...options, ...readPair(tls), minVersion: 'TLSv1.2' }, onRequest)
    : createPlain(options, onRequest);
  server.maxHeadersCount = 100;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : shown;
  return {
    url: `${tls ? 'https' : 'http'}://${name}:${address.port}`,
    serve,
    stop: (drainMs) => {
      for (const [, response] of waiting.splice(0)) response.destroy();
      return stop(server, drainMs);
    },
  };
}

/** Throws `ConfigError` for a file that can't be read, or is no certificate or key, or that do not belong together. */
export function readPair({ certFile, keyFile }: { certFile: string; keyFile: string }): { cert: Buffer; key: Buffer } {
  const cert = readFileOf('listen.tls.certFile', certFile);
  const key = readFileOf('listen.tls.keyFile', keyFile);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const message = `${certFile} and ${keyFile} are no certificate and its private key in PEM (${(error as Error).message})`;
    throw new ConfigError('configuration', [{ path: 'listen.tls', message }]);
  }
  return { cert, key };
}

function readFileOf(path: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigError('configuration', [{ path, message: `can't be read: ${(error as Error).message}` }]);
  }
}

async function stop(server: Server, drainMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Callers on kept-alive connections would keep the server open: idle ones are ended as they become idle.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
