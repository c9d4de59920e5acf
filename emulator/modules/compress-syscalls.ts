import { gunzipSync, gzipSync, zipSync } from 'fflate';
import { fault, type Account, type Execution, type SyscallTable } from '../kernel/types';
import { fileTypeOf, isBinary } from './file-types';
import { writeTar } from './write-tar';

interface Packed {
  path: string;
  fileType: string;
  /** Text, or base64 for binary types. */
  contents: string;
}

const bytesOf = ({ fileType, contents }: Pick<Packed, 'fileType' | 'contents'>): Uint8Array =>
  Buffer.from(contents, isBinary(fileType) ? 'base64' : 'utf8');
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** N/compress gzip (section_158584918027): the file's name stands in the header, as gzip itself writes it. */
function gzip(account: Account, _execution: Execution, { level, ...file }: Packed & { level: number | null }): string {
  const mtime = account.clock.now();
  return base64(
    gzipSync(bytesOf(file), { filename: file.path, mtime, ...(level === null ? {} : { level: level as Level }) }),
  );
}

/** N/compress gunzip: the content as the type that the file's own name tells. */
function gunzip(_account: Account, _execution: Execution, file: Packed): { fileType: string; contents: string } {
  const fileType = fileTypeOf(file.path.replace(/\.gz$/, ''));
  try {
    const bytes = gunzipSync(bytesOf(file));
    return { fileType, contents: Buffer.from(bytes).toString(isBinary(fileType) ? 'base64' : 'utf8') };
  } catch {
    throw fault('COMPRESS_API_DECOMPRESS_ERROR', `Failed to decompress file: '${file.path}'`);
  }
}

/** N/compress Archiver.archive (section_158584789142), 25 units: all files that were added, as one. */
function archive(account: Account, execution: Execution, args: { type: string; files: Packed[] }): string {
  account.charge(execution, 'compress.archive');
  const mtime = account.clock.now();
  const entries = args.files.map((file): [string, Uint8Array] => [file.path, bytesOf(file)]);
  if (args.type === 'ZIP') return base64(zipSync(Object.fromEntries(entries), { mtime }));
  const tar = writeTar(entries, mtime);
  return base64(args.type === 'TAR' ? tar : gzipSync(tar, { mtime }));
}

export const compressSyscalls: SyscallTable = {
  'compress.gzip': gzip,
  'compress.gunzip': gunzip,
  'compress.archive': archive,
};
