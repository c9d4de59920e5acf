import { isTextFile, MAX_FILE_CHARACTERS, type FileContent } from '../../contract';

/** As it travels: a text as text, as long as it is UTF-8 to the last byte and fits with its escapes; everything else as base64. */
export function encodeFile(name: string, bytes: Buffer): FileContent {
  if (isTextFile(name)) {
    const text = decodeUtf8(bytes);
    if (text !== null && JSON.stringify(text).length <= MAX_FILE_CHARACTERS) return { encoding: 'utf8', data: text };
  }
  return { encoding: 'base64', data: bytes.toString('base64') };
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
