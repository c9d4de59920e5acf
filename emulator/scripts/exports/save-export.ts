import type { Account, Execution, RecordData } from '../../kernel/types';
import { cabinet } from '../../modules/cabinet';
import { noteFile } from '../../modules/note-file';
import type { ExportTarget } from './find-target';

/** Writes the file of an export; a stored one is overwritten and keeps its id. */
export function saveExport(
  account: Account,
  execution: Execution,
  { id, name, folder }: ExportTarget,
  contents: string,
): RecordData {
  const known = id !== null && account.store.get('file', id) ? id : (cabinet(account).childFile(folder, name) ?? null);
  const saved = account.store.transaction(() =>
    cabinet(account).save({ id: known, name, folder, fileType: 'CSV', contents }),
  );
  noteFile(account, execution, saved, known === null ? 'create' : 'update', 'task.submit');
  return saved;
}
