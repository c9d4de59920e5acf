import { inChunks } from '../reconcile/in-chunks';
import type { ReferenceBook, ReferenceNeed } from './reference-book';
import { referenceTable } from './reference-tables';
import { asText, isOneOf, MAX_LIST, type Branch } from './sql-branches';

/** A branch for each kind of look-up the batch's references need; of many values one for each list they fill. */
export function referenceBranches(book: ReferenceBook, withCurrency: boolean): Branch[] {
  return book.needs().flatMap((need) => {
    if (need.by === 'externalId' && !referenceTable(need.recordType).hasExternalId) {
      book.markUnreadable(need);
      return [];
    }
    return inChunks([...need.values], MAX_LIST).map((values, at) => {
      const branch = referenceBranch(need, values, book, withCurrency);
      return at === 0 ? branch : { ...branch, mark: `${branch.mark}:${at}` };
    });
  });
}

function referenceBranch(need: ReferenceNeed, values: string[], book: ReferenceBook, withCurrency: boolean): Branch {
  const table = referenceTable(need.recordType);
  const name = need.by === 'key' ? need.field : table.text;
  const column = need.by === 'externalId' ? 'x.externalid' : `x.${name}`;
  // External ids are upper case on both sides; names are folded, so that `Widget-1` finds `WIDGET-1`.
  const compared = need.by === 'externalId' ? column : `UPPER(${column})`;
  return {
    mark: `X:${need.recordType}:${need.by}:${need.field}`,
    columns: [
      { name: 'value', sql: asText(column) },
      { name: 'id', sql: asText(`x.${table.id}`) },
      ...(table.inactive === null ? [] : [{ name: 'inactive', sql: asText(`x.${table.inactive}`) }]),
      ...(withCurrency && table.table === 'customer' ? [{ name: 'currency', sql: asText('x.currency') }] : []),
    ],
    from: `${table.table} x`,
    where: isOneOf(compared, values.length),
    params: values,
    search: {
      type: table.table,
      any: [
        need.by === 'externalId'
          ? { field: 'externalid', operator: 'anyof', values }
          : { field: name, operator: 'is', values },
      ],
      all: table.table === 'transaction' ? [['mainline', 'is', 'T']] : [],
      columns: {
        value: need.by === 'externalId' ? 'externalid' : name,
        id: 'internalid',
        inactive: 'isinactive',
        currency: 'currency',
      },
    },
    essential: ['value', 'id'],
    read: (row) => {
      const id = row.get('id');
      if (id == null) return;
      const currency = row.get('currency') ?? null;
      book.add(need, row.get('value') ?? '', { id, inactive: row.get('inactive') === 'T', currency });
    },
    dropped: () => undefined,
    unavailable: () => book.markUnreadable(need),
  };
}
