import type { Account, Execution, RecordData } from '../kernel/types';

/** Enters a written or deleted file into the ledgers. */
export function noteFile(
  account: Account,
  execution: Execution,
  file: RecordData,
  op: 'create' | 'update' | 'delete',
  api: string,
): void {
  const { scriptId, id: executionId, context } = execution;
  account.noteWrite({ op, type: 'file', id: String(file.id), scriptId, executionId, api, context });
  if (op === 'delete') return;
  const { name, folder, filetype, size, contents } = file.fields;
  account.ledgers.push('files', { id: String(file.id), name, folder, fileType: filetype, size, contents, scriptId });
}
