import { createHash } from 'node:crypto';
import { decodeText } from './binary-text';

/** Data as a script gave it: text and its encoding. */
export interface Chunk {
  text: string;
  encoding: string;
}

const NODE_ALGORITHM: Record<string, string> = { SHA256: 'sha256', SHA512: 'sha512' };

export const nodeAlgorithm = (algorithm: string): string => NODE_ALGORITHM[algorithm] ?? 'sha256';

/** @throws FaultError when a chunk is not of its encoding. */
export const joined = (chunks: Chunk[]): Buffer =>
  Buffer.concat(chunks.map(({ text, encoding }) => decodeText(text, encoding)));

export const hashOf = (algorithm: string, data: Buffer): Buffer =>
  createHash(nodeAlgorithm(algorithm)).update(data).digest();
