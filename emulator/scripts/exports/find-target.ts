import { fault, type Account, type Execution } from '../../kernel/types';
import { cabinet } from '../../modules/cabinet';

/** The CSV file that an export writes: a stored one, or one of that name in a folder. */
export interface ExportTarget {
  id: string | null;
  name: string;
  folder: string;
}

/**
 * Finds where `fileId` or `filePath` lead (errors: pages section_4804558173, section_159223745979, section_159223847318).
 * A path names a file that need not be there yet; its folder must.
 */
export function findTarget(
  account: Account,
  { user }: Execution,
  { fileId, filePath }: { fileId: string | null; filePath: string | null },
): ExportTarget {
  if (account.permissions.level(user, 'LIST_FILECABINET') === 0)
    throw fault(
      'YOU_DO_NOT_HAVE_ACCESS_TO_THE_MEDIA_ITEM_YOU_SELECTED',
      'You do not have access to the media item you selected.',
    );
  const files = cabinet(account);
  if (fileId !== null) {
    const file = /^\d+$/.test(fileId) ? files.find(fileId) : undefined;
    if (!file) throw missing();
    return { id: fileId, name: String(file.fields.name), folder: String(file.fields.folder) };
  }
  const path = filePath ?? '';
  const parts = path.split('/').filter(Boolean);
  const name = parts.pop();
  if (name === undefined || path.endsWith('/') || files.folderId(path) !== undefined)
    throw fault('MUST_IDENTIFY_A_FILE', `The path ${path} is that of a folder: it must identify a file.`);
  const folder = files.folderId(parts.join('/'));
  if (folder === undefined) throw missing();
  return { id: files.childFile(folder, name) ?? null, name, folder };
}

const missing = (): Error => fault('THAT_RECORD_DOES_NOT_EXIST', 'That record does not exist.');
