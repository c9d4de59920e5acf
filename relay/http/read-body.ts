import type { IncomingMessage } from 'node:http';
import { inflate, tooLarge } from './json-body';
import { ProblemError } from './problem';

/** Time a caller may take to send a body, in ms. */
const READ_TIMEOUT_MS = 30_000;

/** The exact bytes of a body (after gzip), at most `maxBytes`. Signatures are computed over them. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
    // What is not read is thrown away, so that the answer reaches a caller that is still sending.
    request.resume();
    throw tooLarge(maxBytes);
  }
  const raw = await collect(request, maxBytes);
  return inflate(raw, request.headers['content-encoding'], maxBytes);
}

function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(
      () => fail(new ProblemError('invalid-request', 'The body did not arrive in time.')),
      READ_TIMEOUT_MS,
    );
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
