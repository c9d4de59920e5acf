import format from 'N/format';
import search from 'N/search';
import { textOf } from '../upsert/normalise';

export interface Deletion {
  recordType: string;
  internalId: string;
  /** ISO 8601. */
  deletedAt: string;
}

const PAGE = 1000;

/**
 * Records deleted since an instant. A last-modified sweep can't see them: only the `deletedrecord` search does. Read by pages, because
 * `each` ends at 4,000 rows (Oracle page section_N3352288). 10 units for each 1,000.
 */
export function deletionsSince(from: Date): Deletion[] {
  const since = format.format({ value: from, type: format.Type.DATETIME }) as string;
  const run = search
    .create({
      type: 'deletedrecord',
      filters: [['deleteddate', 'onorafter', since]],
      columns: ['internalid', 'recordtype', search.createColumn({ name: 'deleteddate', sort: search.Sort.ASC })],
    })
    .run();
  const found: Deletion[] = [];
  for (let start = 0; ; start += PAGE) {
    const page = run.getRange({ start, end: start + PAGE });
    found.push(...page.map(toDeletion));
    if (page.length < PAGE) return found;
  }
}

function toDeletion(result: search.Result): Deletion {
  const at = textOf(result.getValue('deleteddate'));
  return {
    recordType: textOf(result.getValue('recordtype')).toLowerCase(),
    internalId: textOf(result.getValue('internalid')) || textOf(result.id),
    deletedAt: format.parse({ value: at, type: format.Type.DATETIME }).toISOString(),
  };
}
