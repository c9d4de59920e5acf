import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Call {
  method: string;
  /** Path without query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** JSON as its value, a form as `URLSearchParams`, null for everything else. */
  body: unknown;
  /** The body as it came. */
  text: string;
  /** Ends when the caller goes away. */
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  /** A text or bytes are sent as they are, everything else as JSON. */
  body?: unknown;
  headers?: Readonly<Record<string, string | string[]>>;
  /** Carries out the call, then cuts the connection instead of answering. */
  cut?: true;
}

export interface LoopbackServer {
  url: string;
  close: () => Promise<void>;
}

type Handle = (call: Call) => Answer | Promise<Answer>;

/** A server on 127.0.0.1 that speaks JSON, forms and CSV. */
export async function startLoopbackServer(handle: Handle): Promise<LoopbackServer> {
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

async function serve(handle: Handle, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  let answer: Answer;
  try {
    answer = await handle(await readCall(request, gone.signal));
  } catch (error) {
    answer = { status: 500, body: { message: error instanceof Error ? error.message : String(error) } };
  }
  if (answer.cut) {
    request.socket.destroy();
    return;
  }
  const plain = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
  const type = Buffer.isBuffer(answer.body) ? 'application/octet-stream' : 'text/csv';
  response.writeHead(answer.status, {
    'content-type': plain ? type : 'application/json;charset=UTF-8',
    ...answer.headers,
  });
  response.end(
    answer.body === undefined ? undefined : plain ? (answer.body as string | Buffer) : JSON.stringify(answer.body),
  );
}

async function readCall(request: IncomingMessage, signal: AbortSignal): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return {
    method: request.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    body: bodyOf(request.headers['content-type'] ?? 'application/json', text),
    text,
    signal,
  };
}

function bodyOf(type: string, text: string): unknown {
  if (type.startsWith('application/x-www-form-urlencoded')) return new URLSearchParams(text);
  return text === '' || !type.includes('json') ? null : (JSON.parse(text) as unknown);
}
