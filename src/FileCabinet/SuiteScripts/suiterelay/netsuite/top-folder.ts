import record from 'N/record';
import { assertReadable } from './assert-readable';
import { readRows } from './read-rows';
import { searchRows } from './search-rows';

/** Id of the folder of that name; made at the top of the File Cabinet when it is not there. 10 units, 25 when it is made. */
export function topFolder(name: string): number {
  assertReadable(['folder']);
  const [found] = readRows({
    sql: 'SELECT TO_CHAR(id) FROM mediaitemfolder WHERE name = ?',
    params: [name],
    search: () =>
      searchRows({
        type: 'folder',
        any: [{ field: 'name', operator: 'is', values: [name] }],
        all: [],
        columns: ['internalid'],
      }),
  });
  if (found !== undefined) return Number(found[0]);
  const folder = record.create({ type: 'folder' });
  folder.setValue({ fieldId: 'name', value: name });
  return Number(folder.save());
}
