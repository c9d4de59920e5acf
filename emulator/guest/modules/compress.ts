import { missingArgument, unsupported } from '../errors';
import type { Guest, ModuleFactory } from '../types';
import { enumOf, invalidTypeArgument, isObject, scriptError, type Options } from './arguments';
import type { FileState } from './file-object';
import { unsavedFile } from './unsaved-file';

interface Packed {
  path: string;
  fileType: string;
  contents: string;
}

/** By the ending of an archive's name, upper and lower case told apart. */
const ENDINGS: [ending: string, type: string][] = [
  ['.cpio', 'CPIO'],
  ['.tar', 'TAR'],
  ['.tar.gz', 'TGZ'],
  ['.tgz', 'TGZ'],
  ['.tar.bz2', 'TBZ2'],
  ['.tbz2', 'TBZ2'],
  ['.zip', 'ZIP'],
];
const FILE_TYPES: Record<string, string> = { ZIP: 'ZIP', TAR: 'TAR', TGZ: 'TARCOMP' };
const MAX_LEVEL = 9;

/** N/compress (page section_158584507367). What it answers are files that are not stored yet. */
export const createCompressModule: ModuleFactory = (guest) => ({
  Type: enumOf('CPIO', 'TAR', 'TGZ', 'TBZ2', 'ZIP'),
  gzip(given: unknown): object {
    const { options, file } = fileOf(guest, 'gzip', given);
    const packed = pack(guest, file, file.name);
    const contents = guest.syscall<string>('compress.gzip', { ...packed, level: levelOf(options.level) });
    return unsavedFile(guest, { name: `${file.name}.gz`, fileType: 'GZIP', contents });
  },
  gunzip(given: unknown): object {
    const { file } = fileOf(guest, 'gunzip', given);
    const found = guest.syscall<{ fileType: string; contents: string }>('compress.gunzip', {
      ...pack(guest, file, file.name),
    });
    return unsavedFile(guest, { ...found, name: file.name.replace(/\.gz$/, '') });
  },
  createArchiver: () => archiver(guest),
});

function archiver(guest: Guest): object {
  const files = new Map<string, Packed>();
  return {
    add(given: unknown): void {
      const { options, file } = fileOf(guest, 'Archiver.add', given);
      const directory = options.directory ?? '';
      if (typeof directory !== 'string') throw invalidTypeArgument('options.directory');
      const path = directory === '' ? file.name : `${directory.replace(/\/$/, '')}/${file.name}`;
      if (files.has(path)) throw scriptError('COMPRESS_API_DUPLICATE_PATH', `Duplicate path: '${path}'`);
      files.set(path, pack(guest, file, path));
    },
    archive(given: unknown): object {
      const options = optionsBag('Archiver.archive', given);
      const { name } = options;
      if (name === undefined || name === null || name === '') throw missingArgument('Archiver.archive', 'options.name');
      if (typeof name !== 'string') throw invalidTypeArgument('options.name');
      const type = typeOf(name, options.type);
      const fileType = FILE_TYPES[type];
      if (fileType === undefined) throw unsupported(`compress.Archiver.archive of type ${type}`);
      const contents = guest.syscall<string>('compress.archive', { type, files: [...files.values()] });
      return unsavedFile(guest, { name, fileType, contents });
    },
    toJSON: () => ({}),
    toString: () => 'compress.Archiver',
  };
}

function optionsBag(method: string, given: unknown): Options {
  if (given === undefined || given === null) throw missingArgument(method, 'options');
  if (!isObject(given)) throw invalidTypeArgument('options');
  return given;
}

function fileOf(guest: Guest, method: string, given: unknown): { options: Options; file: FileState } {
  const options = optionsBag(method, given);
  if (options.file === undefined || options.file === null) throw missingArgument(method, 'options.file');
  const states = guest.bridges.fileStates as WeakMap<object, FileState> | undefined;
  const file = isObject(options.file) ? states?.get(options.file) : undefined;
  if (!file) throw invalidTypeArgument('options.file');
  return { options, file };
}

/** An integer from 0 to 9; null for gzip's own choice. */
function levelOf(given: unknown): number | null {
  if (given === undefined || given === null) return null;
  if (typeof given !== 'number') throw invalidTypeArgument('options.level');
  const level = Number.isNaN(given) ? 0 : Math.trunc(given);
  if (level < 0 || level > MAX_LEVEL)
    throw scriptError('COMPRESS_API_COMPRESSION_LEVEL_OUT_OF_RANGE', 'Compression level out of range.');
  return level;
}

function typeOf(name: string, given: unknown): string {
  if (given !== undefined && given !== null) {
    if (typeof given !== 'string') throw invalidTypeArgument('options.type');
    const type = given.toUpperCase();
    if (!ENDINGS.some(([, known]) => known === type))
      throw scriptError('COMPRESS_API_UNSUPPORTED_ARCHIVE_TYPE', `Unsupported archive type: '${given}'`);
    return type;
  }
  const found = ENDINGS.find(([ending]) => name.endsWith(ending));
  if (!found)
    throw scriptError(
      'COMPRESS_API_UNRECOGNIZED_ARCHIVE_FILE_EXTENSION',
      `Unrecognized archive file extension: '${name}'`,
    );
  return found[1];
}

const pack = (guest: Guest, file: FileState, path: string): Packed & Record<string, string> => ({
  path,
  fileType: file.fileType,
  contents: (file.contents ??= guest.syscall<string>('file.contents', { id: file.id })),
});
