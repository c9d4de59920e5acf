import type { IncomingMessage } from 'node:http';
import { inflate, tooLarge } from './json-body';
import { ProblemError } from './problem';

/** Time a caller may take to send a body, in ms. */
const READ_TIMEOUT_MS = 30_000;

/** The exact bytes of a body (after gzip), at most `maxBytes`. Signatures are computed over them. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  timeoutMs = READ_TIMEOUT_MS,
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    // What is not read is thrown away, so that the answer reaches a caller that is still sending.
    request.resume();
    throw tooLarge(maxBytes);
  }
  const raw = await collect(request, maxBytes, timeoutMs);
  return inflate(raw, request.headers['content-encoding'], maxBytes);
}

function collect(request: IncomingMessage, maxBytes: number, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => fail(tooSlow()), timeoutMs);
    timer.unref();
    const fail = (error: Error) => {
      clearTimeout(timer);
      request.removeAllListeners('data');
      request.resume();
      reject(error);
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) fail(tooLarge(maxBytes));
      else chunks.push(chunk);
    });
    request.once('end', () => {
      clearTimeout(timer);
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.once('error', fail);
    request.once('aborted', () => fail(new ProblemError('invalid-request', 'The caller ended the connection.')));
  });
}

/** The rest may still come: nothing else can be read from that connection. */
const tooSlow = (): ProblemError =>
  new ProblemError('request-timeout', 'The body did not arrive in time; nothing was stored. Send the request again.', {
    headers: { Connection: 'close' },
  });
