import type { SearchBase } from './search-type';

/** Types whose customer stands in the field of that name; searches show it as the name all the same. */
const CUSTOMER_NAMED = ['customerpayment', 'customerdeposit', 'customerrefund', 'depositapplication'];

export const isCustomerNamed = (base: SearchBase): boolean => base.types.some((type) => CUSTOMER_NAMED.includes(type));

export { entitySql } from '../suiteql/catalog/transaction-entity';
