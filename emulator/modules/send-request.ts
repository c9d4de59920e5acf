import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import { fault } from '../kernel/types';

export interface OutboundRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string | null;
}
export interface OutboundAnswer {
  code: number;
  headers: Record<string, string>;
  body: string;
}
export interface Timeouts {
  /** Until the connection stands, ms. */
  connectMs: number;
  /** From then until the whole answer is there, ms. */
  totalMs: number;
}

/** Most bytes of an answer that a script can take: the 10 MB of any string (unconfirmed for N/https). */
const MAX_ANSWER = 10 * 1024 * 1024;

const timeExceeded = (): Error =>
  fault(
    'SSS_REQUEST_TIME_EXCEEDED',
    'The host you are trying to connect to has exceeded the maximum allowed response time.',
  );
const unknownHost = (host: string): Error =>
  fault('SSS_UNKNOWN_HOST', `The host you requested ${host} is unknown or cannot be found.`);

const headersOf = (raw: http.IncomingHttpHeaders, names: string[]): Record<string, string> => {
  const out: Record<string, string> = {};
  for (let i = 0; i < names.length; i += 2) {
    const name = names[i] ?? '';
    const value = raw[name.toLowerCase()];
    out[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return out;
};

/**
 * Sends one request and waits for the whole answer. Any status is an answer; only the transport fails.
 * @throws FaultError SSS_REQUEST_TIME_EXCEEDED, SSS_UNKNOWN_HOST, SSS_INVALID_HOST_CERT, SSS_CONNECTION_CLOSED.
 */
export function sendRequest(
  { method, url, headers, body }: OutboundRequest,
  { connectMs, totalMs }: Timeouts,
): Promise<OutboundAnswer> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const length = body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const request = client.request(url, { method, headers: { ...headers, ...length }, agent: false });
    const fail = (error: Error): void => {
      clearTimeout(timer);
      request.destroy();
      reject(error);
    };
    let timer = setTimeout(() => fail(timeExceeded()), connectMs);
    request.once('socket', (socket: net.Socket) => {
      socket.once('connect', () => {
        clearTimeout(timer);
        timer = setTimeout(() => fail(timeExceeded()), totalMs);
      });
    });
    request.once('error', (error: NodeJS.ErrnoException) => fail(transportFault(error, url.host)));
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_ANSWER)
          fail(
            fault(
              'SSS_FILE_CONTENT_SIZE_EXCEEDED',
              'The content you are attempting to access exceeds the maximum allowed size of 10 MB.',
            ),
          );
        chunks.push(chunk);
      });
      response.once('error', (error) => fail(transportFault(error, url.host)));
      response.once('end', () => {
        clearTimeout(timer);
        resolve({
          code: response.statusCode ?? 0,
          headers: headersOf(response.headers, response.rawHeaders),
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    request.end(body ?? undefined);
  });
}

function transportFault(error: NodeJS.ErrnoException, host: string): Error {
  if (/CERT|SSL|TLS|SELF_SIGNED/.test(error.code ?? ''))
    return fault('SSS_INVALID_HOST_CERT', 'An untrusted, unsupported, or invalid certificate was found for this host.');
  if (['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH'].includes(error.code ?? '')) return unknownHost(host);
  return fault('SSS_CONNECTION_CLOSED', `The connection to ${host} was closed before the answer was complete.`);
}

export { unknownHost };
