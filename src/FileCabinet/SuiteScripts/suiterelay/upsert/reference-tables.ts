import { groupOf } from '../../../../../contract/glossary';

/** Where SuiteQL finds the records that references point to. */
export interface ReferenceTable {
  table: string;
  id: string;
  /** Column of the name that NetSuite shows; `ref.text` is compared with it. */
  text: string;
  /** Column that is 'T' when the record is inactive; null where there is none. */
  inactive: string | null;
  /** A list (currencies, terms, price levels) has no external ids of the CRM: only records of these groups do. */
  hasExternalId: boolean;
}

const list = (table: string, text = 'name', inactive: string | null = 'isinactive'): ReferenceTable => ({
  table,
  id: 'id',
  text,
  inactive,
  hasExternalId: false,
});

const LISTS: Readonly<Record<string, ReferenceTable>> = {
  currency: list('currency'),
  term: list('term'),
  subsidiary: { ...list('subsidiary'), hasExternalId: true },
  location: { ...list('location'), hasExternalId: true },
  department: { ...list('department'), hasExternalId: true },
  classification: { ...list('classification'), hasExternalId: true },
  pricelevel: list('pricelevel'),
  customercategory: list('customercategory'),
  paymentmethod: list('paymentmethod'),
  shipitem: list('shipitem', 'itemid'),
  entitystatus: { table: 'entitystatus', id: 'key', text: 'name', inactive: 'inactive', hasExternalId: false },
};

export function referenceTable(recordType: string): ReferenceTable {
  const known = LISTS[recordType];
  if (known !== undefined) return known;
  switch (recordType === 'item' ? 'item' : groupOf(recordType)) {
    case 'item':
      return { table: 'item', id: 'id', text: 'itemid', inactive: 'isinactive', hasExternalId: true };
    case 'transaction':
      return { table: 'transaction', id: 'id', text: 'tranid', inactive: null, hasExternalId: true };
    case 'entity':
      return {
        table: recordType === 'lead' || recordType === 'prospect' ? 'customer' : recordType,
        id: 'id',
        text: 'entityid',
        inactive: 'isinactive',
        hasExternalId: true,
      };
    default:
      return {
        table: recordType,
        id: 'id',
        text: 'name',
        inactive: recordType.startsWith('custom') ? 'isinactive' : null,
        hasExternalId: recordType.startsWith('customrecord'),
      };
  }
}
