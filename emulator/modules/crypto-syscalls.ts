import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { fault, type Account, type Execution, type SyscallTable } from '../kernel/types';
import { decodeText, encodeText } from './binary-text';
import { hashOf, joined, nodeAlgorithm, type Chunk } from './hash-chunks';
import { keyBytes, type KeyReference } from './secrets';
import { checkPassword } from './check-password';

interface DigestArgs {
  algorithm: string;
  chunks: Chunk[];
  output: string;
  key: KeyReference | null;
}
interface CipherArgs {
  chunks: Chunk[];
  padding: string;
  key: KeyReference;
  iv?: string | null;
  output: string;
}

const IV_BYTES = 16;
/** Largest range that Node's generator takes. */
const MAX_RANGE = 2 ** 48 - 1;

export const digest = (account: Account, algorithm: string, data: Buffer, key: KeyReference | null): Buffer =>
  key ? createHmac(nodeAlgorithm(algorithm), keyBytes(account, key)).update(data).digest() : hashOf(algorithm, data);

const failedToDecrypt = (): Error =>
  fault('AN_ERROR_OCCURRED_WHILE_DECRYPT_SECRET', 'An error occurred while decrypting the secret.');

/** AES in CBC mode with a random initialization vector; key length decides between AES-128, -192 and -256. */
function encrypt(account: Account, { chunks, padding, key, output }: CipherArgs): { iv: string; ciphertext: string } {
  const bytes = aesKey(account, key);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(`aes-${bytes.length * 8}-cbc`, bytes, iv).setAutoPadding(padding !== 'NoPadding');
  return {
    iv: encodeText(iv, output),
    ciphertext: encodeText(Buffer.concat([cipher.update(joined(chunks)), cipher.final()]), output),
  };
}

function decrypt(account: Account, { chunks, padding, key, iv, output }: CipherArgs): string {
  const bytes = aesKey(account, key);
  try {
    const decipher = createDecipheriv(`aes-${bytes.length * 8}-cbc`, bytes, decodeText(iv ?? '', 'HEX')).setAutoPadding(
      padding !== 'NoPadding',
    );
    return encodeText(Buffer.concat([decipher.update(joined(chunks)), decipher.final()]), output);
  } catch {
    throw failedToDecrypt();
  }
}

function aesKey(account: Account, key: KeyReference): Buffer {
  const bytes = keyBytes(account, key);
  if (![16, 24, 32].includes(bytes.length)) throw failedToDecrypt();
  return bytes;
}

/** N/encode, N/crypto, N/crypto/random. Free but for random in the observed profile. */
export const cryptoSyscalls: SyscallTable = {
  'encode.convert': (
    _account: Account,
    _execution: Execution,
    { text, from, to }: { text: string; from: string; to: string },
  ) => encodeText(decodeText(text, from), to),
  'crypto.digest': (account: Account, _execution: Execution, { algorithm, chunks, output, key }: DigestArgs) =>
    encodeText(digest(account, algorithm, joined(chunks), key), output),
  'crypto.encrypt': (account: Account, _execution: Execution, args: CipherArgs) => encrypt(account, args),
  'crypto.decrypt': (account: Account, _execution: Execution, args: CipherArgs) => decrypt(account, args),
  'crypto.checkPassword': checkPassword,
  'random.bytes': (account: Account, execution: Execution, { size }: { size: number }) => {
    account.charge(execution, 'crypto.generateBytes');
    return [...randomBytes(size)];
  },
  'random.int': (account: Account, execution: Execution, { min, max }: { min: number; max: number }) => {
    account.charge(execution, 'crypto.generateInt');
    const low = Math.ceil(min);
    return low + randomInt(Math.min(Math.max(1, Math.ceil(max) - low), MAX_RANGE));
  },
  'random.uuid': (account: Account, execution: Execution) => {
    account.charge(execution, 'crypto.generateUUID');
    return randomUUID();
  },
};
