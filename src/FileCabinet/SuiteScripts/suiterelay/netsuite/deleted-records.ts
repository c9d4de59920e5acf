import format from 'N/format';
import search from 'N/search';
import { textOf } from '../upsert/normalise';

export interface Deletion {
  recordType: string;
  internalId: string;
}

/** Records deleted since an instant. A last-modified sweep can't see them: only the `deletedrecord` search does. */
export function deletionsSince(from: Date): Deletion[] {
  const since = format.format({ value: from, type: format.Type.DATETIME }) as string;
  const found: Deletion[] = [];
  const deleted = search.create({
    type: 'deletedrecord',
    filters: [['deleteddate', 'onorafter', since]],
    columns: ['internalid', 'recordtype', 'deleteddate'],
  });
  deleted.run().each((result) => {
    const internalId = textOf(result.getValue('internalid')) || textOf(result.id);
    found.push({ recordType: textOf(result.getValue('recordtype')).toLowerCase(), internalId });
    return true;
  });
  return found;
}
