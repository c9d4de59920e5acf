import { fault, type Account, type Execution, type Fields, type RecordData, type SyscallTable } from '../kernel/types';
import { type Cabinet, cabinet, fileUrl } from './cabinet';
import { noteFile } from './note-file';

interface SavedFile {
  /** Of a file that was loaded: it is renamed or moved where it stands. */
  id?: number | null;
  name: string;
  folder: string | number;
  fileType: string;
  contents: string;
  description?: string | null;
  encoding?: string | null;
  isInactive?: boolean;
  isOnline?: boolean;
}

/** A stored file as N/file's object wants it; content stays behind until it is read. */
function stateOf(account: Account, file: RecordData): Record<string, unknown> {
  const { fields } = file;
  const path = cabinet(account).pathOf(file).slice(1);
  return {
    id: Number(file.id),
    name: fields.name,
    fileType: fields.filetype ?? fields.fileType ?? 'PLAINTEXT',
    folder: fields.folder === null || fields.folder === undefined ? null : Number(fields.folder),
    description: fields.description ?? null,
    encoding: fields.encoding ?? null,
    isInactive: fields.isinactive === true,
    isOnline: fields.isonline === true,
    size: Number(fields.size ?? 0),
    url: fileUrl(account, file.id!),
    path,
    contents: null,
  };
}

/** Unknown ids and forbidden files look the same, unknown paths do not (N/file load). */
function find(account: Account, id: string | number): RecordData {
  const found = cabinet(account).find(id);
  if (found) return found;
  const text = String(id);
  if (/^-?\d+$/.test(text))
    throw fault('INSUFFICIENT_PERMISSION', 'You do not have access to the media item you selected.');
  throw fault('RCRD_DSNT_EXIST', `That record does not exist. path: ${text}`);
}

function save(account: Account, execution: Execution, args: SavedFile): Record<string, unknown> {
  account.charge(execution, 'file.save');
  account.permissions.requirePermission(execution, 'LIST_FILECABINET', 'create');
  const folder = String(args.folder);
  if (!account.store.get('folder', folder))
    throw fault('INVALID_KEY_OR_REF', `Invalid folder reference key ${folder}.`);
  const before = existing(cabinet(account), folder, args.name);
  const fields: Fields = {
    description: args.description ?? null,
    encoding: args.encoding ?? null,
    isinactive: args.isInactive === true,
    isonline: args.isOnline === true,
  };
  const known = typeof args.id === 'number' && account.store.get('file', String(args.id)) ? String(args.id) : null;
  if (known !== null && before !== undefined && before !== known) cabinet(account).remove(before);
  const saved = cabinet(account).save({
    id: known,
    name: args.name,
    folder,
    fileType: args.fileType,
    contents: args.contents,
    fields,
  });
  noteFile(account, execution, saved, (before ?? known) ? 'update' : 'create', 'file.save');
  return stateOf(account, saved);
}

const existing = (files: Cabinet, folder: string, name: string): string | undefined => files.childFile(folder, name);

function copy(
  account: Account,
  execution: Execution,
  { id, folder, resolution }: { id: string; folder: string; resolution: string },
): Record<string, unknown> {
  account.charge(execution, 'file.copy');
  account.permissions.requirePermission(execution, 'LIST_FILECABINET', 'create');
  const source = cabinet(account).find(id);
  if (!source)
    throw fault(
      'FILE_DOES_NOT_EXIST_OR_YOU_DON_T_HAVE_ACCESS_TO_THE_FILE',
      "File does not exist or you don't have access to the file",
    );
  if (!account.store.get('folder', folder))
    throw fault(
      'FOLDER_DOES_NOT_EXIST_OR_YOU_DON_T_HAVE_ACCESS_TO_THE_FOLDER',
      "Folder does not exist or you don't have access to the folder",
    );
  const name = String(source.fields.name);
  const taken = existing(cabinet(account), folder, name);
  if (taken && resolution === 'FAIL') {
    throw fault(
      'A_FILE_OR_FOLDER_WITH_THE_SAME_NAME_ALREADY_EXISTS_IN_THE_SELECTED_FOLDER',
      'A file or folder with the same name already exists in the selected folder',
    );
  }
  const target = taken && resolution === 'RENAME_TO_UNIQUE' ? uniqueName(cabinet(account), folder, name) : name;
  const fields: Fields = { ...source.fields, name: target, folder };
  const saved = cabinet(account).save({
    name: target,
    folder,
    fileType: String(source.fields.filetype),
    contents: String(source.fields.contents ?? ''),
    fields,
  });
  noteFile(account, execution, saved, taken && target === name ? 'update' : 'create', 'file.copy');
  return stateOf(account, saved);
}

function uniqueName(files: Cabinet, folder: string, name: string): string {
  const [, base = name, extension = ''] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
  for (let n = 1; ; n++) {
    const candidate = `${base} (${n})${extension}`;
    if (existing(files, folder, candidate) === undefined) return candidate;
  }
}

/** N/file. Reading and appending are free; loading costs before the file is looked up. */
export const fileSyscalls: SyscallTable = {
  'file.load': (account: Account, execution: Execution, { id }: { id: string | number }) => {
    account.charge(execution, 'file.load');
    return stateOf(account, find(account, id));
  },
  'file.contents': (account: Account, _execution: Execution, { id }: { id: number }) =>
    String(find(account, id).fields.contents ?? ''),
  'file.save': save,
  'file.copy': copy,
  'file.delete': (account: Account, execution: Execution, { id }: { id: string }) => {
    account.charge(execution, 'file.delete');
    account.permissions.requirePermission(execution, 'LIST_FILECABINET', 'full');
    const found = /^-?\d+$/.test(id) ? cabinet(account).find(id) : undefined;
    if (!found?.id) return null;
    cabinet(account).remove(found.id);
    noteFile(account, execution, found, 'delete', 'file.delete');
    return null;
  },
};
