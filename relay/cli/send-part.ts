import { createHash } from 'node:crypto';
import { CliError } from './cli-error';
import { note } from './print';
import { callRelay, problemText, type RelayTarget } from './relay-api';

/** Answers after which a part is sent again. */
const AGAIN = new Set([429, 503]);
const MOST_TRIES = 20;

export interface Accepted {
  requestId: string | null;
  accepted: number;
  ignored?: unknown[];
}

/** Sends one request under a key made of its content, so that the same part sent twice is taken once; waits while the relay is busy. */
export async function sendPart(target: RelayTarget, body: object, salt: string): Promise<Accepted> {
  const key = createHash('sha256').update(salt).update(JSON.stringify(body)).digest('hex');
  for (let tries = 1; ; tries += 1) {
    const answer = await callRelay(target, '/v1/upserts', { body, headers: { 'idempotency-key': key } });
    if (answer.status === 200 || answer.status === 202) return answer.body as Accepted;
    if (!AGAIN.has(answer.status) || tries === MOST_TRIES) {
      throw new CliError(`The relay answered ${answer.status}: ${problemText(answer.body)}`);
    }
    const waitS = Number(answer.headers.get('retry-after') ?? 1);
    note(`The relay is busy (${answer.status}); going on in ${waitS} s`);
    await new Promise((resolve) => setTimeout(resolve, waitS * 1000));
  }
}
