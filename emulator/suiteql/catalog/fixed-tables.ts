import { listEntries } from '../../records/option-lists';
import { quote } from '../compile/sql';
import { rawColumn } from './column';
import type { ColumnSpec } from './record-table';
import type { SublistTableSpec } from './sublist-table';
import { TRANSACTION_TYPES } from './transaction-types';

/** Lists of the platform that are tables of the data source; every role reads them. */
function fixed(label: string, columns: string[], rows: () => string[][]): SublistTableSpec {
  const shape = (column: string): ColumnSpec => ({ make: (row) => rawColumn(`${row}.${column}`, 'text') });
  return {
    label,
    types: [],
    sublists: [],
    registryFields: false,
    columns: Object.fromEntries(columns.map((column) => [column, shape(column)])),
    from: () => {
      const names = columns.map((column, i) => `column${i + 1} AS ${column}`).join(', ');
      const values = rows().map((row) => `(${row.map(quote).join(', ')})`);
      return `(SELECT ${names} FROM (VALUES ${values.join(', ')}))`;
    },
  };
}

export const FIXED_TABLES: Record<string, SublistTableSpec> = {
  country: fixed('Country', ['id', 'name'], () => listEntries('list:country').map(({ value, text }) => [value, text])),
  transactionstatus: fixed('TransactionStatus', ['id', 'name', 'fullname', 'trantype'], () =>
    TRANSACTION_TYPES.flatMap(({ code, label, status }) =>
      Object.entries(status).map(([letter, [, name]]) => [letter, name, `${label} : ${name}`, code]),
    ),
  ),
};

/** Tables of an account that nothing here keeps: an empty answer would say that there is nothing. */
export const UNKEPT_TABLES: Record<string, string> = {
  systemnote: 'this account keeps no system notes',
  loginaudit: 'the login audit trail is no table here',
  scriptnote: 'the execution logs of scripts are no table here',
  customfield: 'custom fields are no rows here',
  customlist: 'custom lists are no rows here, only their values are',
  state: 'states are known by code only, and of a few countries',
  itembinquantity: 'this account keeps no stock by bin',
  transactionshipment: 'this account keeps no shipments beside their transactions',
};
