import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  method: string;
  /** Path without query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

export interface LoopbackServer {
  url: string;
  close: () => Promise<void>;
}

/** A JSON server on 127.0.0.1. Form bodies arrive as `URLSearchParams`. */
export async function startLoopbackServer(handle: (call: Call) => Answer | Promise<Answer>): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    void serve(handle, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  handle: (call: Call) => Answer | Promise<Answer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let answer: Answer;
  try {
    answer = await handle(await readCall(request));
  } catch (error) {
    answer = { status: 500, body: { message: error instanceof Error ? error.message : String(error) } };
  }
  response.writeHead(answer.status, { 'content-type': 'application/json;charset=UTF-8', ...answer.headers });
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return {
    method: request.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    body: form ? new URLSearchParams(text) : text === '' ? null : (JSON.parse(text) as unknown),
  };
}
