import type { Guest } from '../types';
import type { FileState } from './file-object';

/** A file that a script is given before it is stored: it names a folder and saves it. `contents` as the file type keeps them (binary ones in base64). */
export function unsavedFile(
  guest: Guest,
  { name, fileType, contents }: Pick<FileState, 'name' | 'fileType'> & { contents: string },
): object {
  guest.module('N/file');
  const wrap = guest.bridges.wrapFile as (state: FileState) => object;
  return wrap({
    id: null,
    name,
    fileType,
    folder: null,
    description: null,
    encoding: null,
    isInactive: false,
    isOnline: false,
    size: contents.length,
    url: null,
    path: name,
    contents,
  });
}
