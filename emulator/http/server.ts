import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveControl } from '../control/serve-control';
import type { HttpExchange, Route } from '../kernel/types';
import { setOwnServer } from '../modules/own-server';
import type { Front } from './front';
import { serveDatacenterUrls, serveGovernanceLimits } from './serve-account-info';
import { REST_PATHS, serveRest } from './serve-rest';
import { serveRestlet } from './serve-restlet';
import { serveToken, TOKEN_PATH } from './serve-token';

type Handler = (exchange: HttpExchange, front: Front) => void | Promise<void>;

const OWN_ROUTES: { path: string; handle: Handler }[] = [
  { path: '/app/site/hosting/restlet.nl', handle: serveRestlet },
  { path: TOKEN_PATH, handle: serveToken },
  { path: '/services/rest/system/v1/governanceLimits', handle: serveGovernanceLimits },
  ...REST_PATHS.map((path) => ({ path, handle: serveRest })),
  { path: '/rest/datacenterurls', handle: serveDatacenterUrls },
  { path: '/_emulator/', handle: serveControl },
];

export interface HttpServer {
  port: number;
  close(): Promise<void>;
}

/** Serves RESTlets, tokens, the parts' own paths and the control API on one loopback port. */
export async function serveHttp(front: Front, port: number): Promise<HttpServer> {
  const routes: { path: string; handle: Handler }[] = [
    ...OWN_ROUTES,
    ...front.account.partList.flatMap((part): Route[] => part.routes ?? []),
  ];
  const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    receive(request, response)
      .then((exchange) => (exchange ? serve(routes, exchange, front) : refuseAddress(response)))
      .catch((error: unknown) => fail(response, error));
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const actual = (server.address() as AddressInfo).port;
  front.baseUrl = `http://127.0.0.1:${actual}`;
  setOwnServer(front.account, front.baseUrl);
  return { port: actual, close: () => close(server) };
}

async function serve(routes: { path: string; handle: Handler }[], exchange: HttpExchange, front: Front): Promise<void> {
  const { pathname } = exchange.url;
  const route = routes.find(({ path }) => (path.endsWith('/') ? pathname.startsWith(path) : pathname === path));
  if (!route) return exchange.reply(404, { 'content-type': 'text/plain' }, 'Not Found');
  await route.handle(exchange, front);
}

/** Undefined when the request line or the Host header make no address. */
async function receive(
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<HttpExchange | undefined> {
  const address = addressOf(request);
  if (!URL.canParse(address)) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? 'GET',
    url: new URL(address),
    headers: request.headers as Record<string, string | undefined>,
    body: Buffer.concat(chunks),
    reply: (status, headers, body) => {
      if (response.destroyed) return;
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
      response.end(body);
    },
    cut: () => request.socket.destroy(),
  };
}

/** A path is put behind the host as it came: resolved against it, `//name/path` would be another host's. */
function addressOf({ url = '/', headers }: http.IncomingMessage): string {
  return url.startsWith('/') ? `http://${headers.host ?? '127.0.0.1'}${url}` : url;
}

function refuseAddress(response: http.ServerResponse): void {
  response.writeHead(400, { 'content-type': 'text/plain', connection: 'close' });
  response.end('Bad Request');
}

/** A mistake of the emulator itself: NetSuite's words for it, with what happened, so that a test shows it. */
function fail(response: http.ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const message = `An unexpected error occurred. (emulator: ${error instanceof Error ? (error.stack ?? String(error)) : String(error)})`;
  response.writeHead(500, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { code: 'UNEXPECTED_ERROR', message } }));
}

const close = (server: http.Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
