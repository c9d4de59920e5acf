import { extract } from '../suiteql/catalog/column';
import { rawField } from './fields';
import type { SearchField } from './field-type';

const ORDERS = "('salesorder')";
const SALES = "('invoice', 'cashsale')";

/** The first or last day of a customer's documents; what the record was given counts where it has none here. */
const dayOf =
  (pick: 'min' | 'max', types: string, field: string) =>
  (alias: string): SearchField =>
    rawField(
      `COALESCE((SELECT ${pick}(${extract('v.data', 'trandate')}) FROM record v WHERE v.type IN ${types} ` +
        `AND ${extract('v.data', 'entity')} = CAST(${alias}.id AS TEXT)), ${extract(`${alias}.data`, field)})`,
      'date',
    );

/** When a customer ordered and bought first and last: search columns that no record keeps. */
export const CUSTOMER_DATES: Record<string, (alias: string) => SearchField> = {
  firstorderdate: dayOf('min', ORDERS, 'firstorderdate'),
  lastorderdate: dayOf('max', ORDERS, 'lastorderdate'),
  firstsaledate: dayOf('min', SALES, 'firstsaledate'),
  lastsaledate: dayOf('max', SALES, 'lastsaledate'),
};
