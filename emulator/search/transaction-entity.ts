import { extract } from '../suiteql/catalog/column';
import type { SearchBase } from './search-type';

/** Types whose customer stands in the field of that name; searches show it as the name all the same. */
const CUSTOMER_NAMED = ['customerpayment', 'customerdeposit', 'customerrefund', 'depositapplication'];

export const isCustomerNamed = (base: SearchBase): boolean => base.types.some((type) => CUSTOMER_NAMED.includes(type));

/** Whom a transaction is with, over the alias of its row. */
export const entitySql = (row: string): string =>
  `COALESCE(${extract(`${row}.data`, 'entity')}, ${extract(`${row}.data`, 'customer')})`;
