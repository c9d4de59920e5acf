import { joinPath } from '../amd-names';
import { missingArgument } from '../errors';
import type { Guest, JsonObject, ModuleFactory } from '../types';
import { invalidTypeArgument, isObject, optionsOf, scriptError, type Options } from './arguments';
import { createFile, MAX_CONTENT, type FileState } from './file-object';
import { CONFLICT_RESOLUTIONS, FILE_ENCODINGS, FILE_TYPES } from './file-types';

/** N/file (page section_4205693274). */
export const createFileModule: ModuleFactory = (guest) => {
  // Other modules (email, render, task, Suitelet responses) take files as arguments.
  const states = new WeakMap<object, FileState>();
  guest.bridges.fileStates = states;
  const wrap = (state: FileState): object => {
    const file = createFile(guest, state);
    states.set(file, state);
    return file;
  };
  guest.bridges.wrapFile = wrap;
  return {
    Encoding: FILE_ENCODINGS,
    NameConflictResolution: CONFLICT_RESOLUTIONS,
    Type: FILE_TYPES,
    create: (options: unknown) => wrap(newFile(options)),
    load: (first?: unknown) => {
      const { id } = optionsOf(first ?? {}, ['id']);
      if (id === undefined || id === null || id === '') throw missingArgument('file.load', 'id');
      return wrap(
        guest.syscall<JsonObject>('file.load', {
          id: typeof id === 'number' ? id : pathOf(guest, String(id)),
        }) as unknown as FileState,
      );
    },
    copy: (options: Options) => wrap(copyFile(guest, options)),
    delete: (first?: unknown) => {
      const { id } = optionsOf(first ?? {}, ['id']);
      if (id === undefined || id === null || id === '') throw missingArgument('file.delete', 'id');
      guest.syscall('file.delete', { id: String(id) });
    },
  };
};

/** `./a.txt` and `../a.txt` begin at the folder of the script (page section_4226574300). */
const pathOf = (guest: Guest, id: string): string => (/^\.\.?\//.test(id) ? joinPath(guest.path, id) : id);

function newFile(given: unknown): FileState {
  if (!isObject(given)) throw missingArgument('file.create', 'options object');
  for (const name of ['name', 'fileType'])
    if (given[name] === undefined || given[name] === null || given[name] === '')
      throw missingArgument('file.create', name);
  const { name, fileType, contents, encoding } = given;
  if (typeof name !== 'string') throw invalidTypeArgument('name');
  if (typeof fileType !== 'string') throw invalidTypeArgument('fileType');
  if (!Object.hasOwn(FILE_TYPES, fileType)) throw invalidTypeArgument(fileType);
  if (encoding !== undefined && encoding !== null && !Object.values(FILE_ENCODINGS).includes(String(encoding))) {
    throw scriptError(
      'INVALID_FILE_ENCODING',
      `The file encoding: ${String(encoding)} is not valid. Please refer to the documentation for a list of supported file encodings.`,
    );
  }
  const text = contents === undefined || contents === null ? '' : String(contents);
  if (text.length > MAX_CONTENT)
    throw scriptError(
      'SSS_FILE_CONTENT_SIZE_EXCEEDED',
      'The file you are trying to create exceeds the maximum allowed file size of 10.0 MB.',
    );
  return {
    id: null,
    name,
    fileType,
    folder: (given.folder as number | string | undefined) ?? null,
    description: (given.description as string | undefined) ?? null,
    encoding: (encoding as string | undefined) ?? null,
    isInactive: given.isInactive === true,
    isOnline: given.isOnline === true,
    size: text.length,
    url: null,
    path: name,
    contents: text,
  };
}

function copyFile(guest: Guest, options: Options): FileState {
  if (!isObject(options)) throw missingArgument('file.copy', 'options');
  for (const name of ['id', 'folder'])
    if (options[name] === undefined || options[name] === null || options[name] === '')
      throw missingArgument('file.copy', name);
  const resolution = options.conflictResolution ?? 'FAIL';
  if (typeof resolution !== 'string' || !Object.hasOwn(CONFLICT_RESOLUTIONS, resolution)) {
    throw scriptError('INVALID_CONFLICT_RESOLUTION_1', `Invalid conflict resolution: ${String(resolution)}`);
  }
  return guest.syscall<JsonObject>('file.copy', {
    id: String(options.id),
    folder: String(options.folder),
    resolution,
  }) as unknown as FileState;
}
