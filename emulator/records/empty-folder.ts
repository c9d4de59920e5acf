import type { Account } from '../kernel/types';

interface Reading {
  forget(): void;
}

const below = (account: Account, type: 'file' | 'folder', field: string, id: string): string[] => {
  account.store.ensureIndex(type, field);
  const found = account.store.db
    .prepare<[string, string], number>(
      `SELECT id FROM record WHERE type = ? AND json_extract(data, '$.fields.${field}') = ?`,
    )
    .pluck();
  return found.all(type, id).map(String);
};

/** With a folder go the files and folders in it (page section_3947389300). */
export function emptyFolder(account: Account, id: string): void {
  for (const folder of below(account, 'folder', 'parent', id)) {
    emptyFolder(account, folder);
    account.store.remove('folder', folder);
  }
  for (const file of below(account, 'file', 'folder', id)) account.store.remove('file', file);
  // Scripts were read from these files.
  (account.parts.get('cabinet') as Reading | undefined)?.forget();
}
