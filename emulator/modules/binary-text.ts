import { fault } from '../kernel/types';

/** NetSuite's encodings of binary data as text (N/encode, N/crypto). BASE_16 and HEX are the same, written in upper case. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** @throws FaultError FAILED_TO_DECODE_STRING_ENCODED_BINARY_DATA_USING_1_ENCODING when the text is not of that encoding. */
export function decodeText(text: string, encoding: string): Buffer {
  if (text === '') return Buffer.alloc(0);
  switch (encoding) {
    case 'UTF_8':
      return Buffer.from(text, 'utf8');
    case 'BASE_16':
    case 'HEX':
      if (!/^([0-9a-f]{2})+$/i.test(text)) throw undecodable(encoding);
      return Buffer.from(text, 'hex');
    case 'BASE_64':
      if (!/^[A-Za-z0-9+/\r\n]+={0,2}[\r\n]*$/.test(text)) throw undecodable(encoding);
      return Buffer.from(text, 'base64');
    case 'BASE_64_URL_SAFE':
      if (!/^[A-Za-z0-9_-]+={0,2}$/.test(text)) throw undecodable(encoding);
      return Buffer.from(text, 'base64url');
    case 'BASE_32':
      return decode32(text);
    default:
      throw fault('UNEXPECTED_ERROR', 'An unexpected SuiteScript error has occurred');
  }
}

export function encodeText(data: Buffer, encoding: string): string {
  switch (encoding) {
    case 'UTF_8':
      return data.toString('utf8');
    case 'BASE_16':
    case 'HEX':
      return data.toString('hex').toUpperCase();
    case 'BASE_64':
      return data.toString('base64');
    case 'BASE_64_URL_SAFE':
      return data.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    case 'BASE_32':
      return encode32(data);
    default:
      throw fault('UNEXPECTED_ERROR', 'An unexpected SuiteScript error has occurred');
  }
}

const undecodable = (encoding: string): Error =>
  fault(
    'FAILED_TO_DECODE_STRING_ENCODED_BINARY_DATA_USING_1_ENCODING',
    `Failed to decode string-encoded binary data using '${encoding}' encoding`,
  );

function decode32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text.replace(/=+$/, '').toUpperCase()) {
    const digit = BASE32.indexOf(letter);
    if (digit < 0) throw undecodable('BASE_32');
    value = (value << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >>> bits) & 0xff);
      value &= (1 << bits) - 1;
    }
  }
  return Buffer.from(bytes);
}

function encode32(data: Buffer): string {
  let out = '';
  let bits = 0;
  let value = 0;
  for (const byte of data) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += BASE32.charAt((value >>> bits) & 31);
      value &= (1 << bits) - 1;
    }
  }
  if (bits > 0) out += BASE32.charAt((value << (5 - bits)) & 31);
  return out.padEnd(Math.ceil(out.length / 8) * 8, '=');
}
