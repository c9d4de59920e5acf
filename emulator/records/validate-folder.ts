import { userError } from './faults';
import { isChanged, type Validation } from './validation';

/** Two folders of one name in the same place would be one path; the words are those that public scripts have met. */
export function validateFolder(validation: Validation): void {
  const { account, meta, record } = validation;
  if (meta.id !== 'folder' || !(isChanged(validation, 'name') || isChanged(validation, 'parent'))) return;
  const { name, parent = null } = record.fields;
  account.store.ensureIndex('folder', 'parent');
  const same = account.store.db
    .prepare<[string | null, string, number]>(
      `SELECT 1 FROM record WHERE type = 'folder' AND json_extract(data, '$.fields.parent') IS ? AND lower(json_extract(data, '$.fields.name')) = ? AND id <> ?`,
    )
    .get(parent === null ? null : String(parent), String(name).toLowerCase(), Number(record.id ?? 0));
  if (same !== undefined) throw userError('A folder with the same name already exists in the selected folder.');
}
