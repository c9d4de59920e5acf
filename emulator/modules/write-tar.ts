const BLOCK = 512;
const FILE_MODE = 0o644;

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;

/** A ustar archive. Names over 100 bytes are split at a slash, as that format has it. */
export function writeTar(files: [path: string, content: Uint8Array][], mtimeMs: number): Uint8Array {
  const blocks = files.flatMap(([path, content]) => [
    header(path, content.length, mtimeMs),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function header(path: string, size: number, mtimeMs: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const at = Buffer.byteLength(path) > 100 ? path.lastIndexOf('/', 155) : -1;
  block.write(path.slice(at + 1), 0, 100, 'utf8');
  block.write(octal(FILE_MODE, 7) + octal(0, 7) + octal(0, 7), 100, 'ascii');
  block.write(octal(size, 11) + octal(Math.floor(mtimeMs / 1000), 11), 124, 'ascii');
  block.write('        0', 148, 'ascii');
  block.write('ustar\u000000', 257, 'ascii');
  if (at > 0) block.write(path.slice(0, at), 345, 155, 'utf8');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return block;
}
