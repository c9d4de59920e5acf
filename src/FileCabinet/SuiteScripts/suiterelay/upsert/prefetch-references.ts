import type { ReferenceBook, ReferenceNeed } from './reference-book';
import { referenceTable } from './reference-tables';
import { asText, marks, type Branch } from './sql-branches';

/** One branch for each kind of look-up the batch's references need. */
export function referenceBranches(book: ReferenceBook, withCurrency: boolean): Branch[] {
  return book.needs().flatMap((need) => {
    const branch = referenceBranch(need, book, withCurrency);
    return branch === null ? [] : [branch];
  });
}

function referenceBranch(need: ReferenceNeed, book: ReferenceBook, withCurrency: boolean): Branch | null {
  const table = referenceTable(need.recordType);
  if (need.by === 'externalId' && !table.hasExternalId) {
    book.markUnreadable(need);
    return null;
  }
  const values = [...need.values];
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
    where: `${compared} IN (${marks(values.length)})`,
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
