import { FaultError } from '../kernel/types';
import { decodeText, encodeText } from '../modules/binary-text';
import { hashOf, joined, type Chunk } from '../modules/hash-chunks';

interface Digest {
  algorithm: string;
  chunks: Chunk[];
  output: string;
  key: object | null;
}
interface Conversion {
  text: string;
  from: string;
  to: string;
}

/**
 * Calls that are free and read nothing of the account (a digest without a key, N/encode) are answered in the host's own thread: a change
 * script takes two digests a record, and each question to the account costs two thread switches. Undefined: the account has to answer.
 */
export function answerPureCall(name: string, args: string): string | undefined {
  if (name === 'crypto.digest') {
    const { algorithm, chunks, output, key } = JSON.parse(args) as Digest;
    return key === null ? answer(() => encodeText(hashOf(algorithm, joined(chunks)), output)) : undefined;
  }
  if (name !== 'encode.convert') return undefined;
  const { text, from, to } = JSON.parse(args) as Conversion;
  return answer(() => encodeText(decodeText(text, from), to));
}

function answer(work: () => string): string {
  try {
    return JSON.stringify({ ok: work() });
  } catch (error) {
    if (error instanceof FaultError) return JSON.stringify({ fault: error.fault });
    throw error;
  }
}
