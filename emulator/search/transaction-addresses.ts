import { subfield } from '../suiteql/catalog/address-tables';
import type { SearchField } from './field-type';
import { rawField } from './fields';

/** Billing and shipping address of a transaction by search name (`billcity`, `shipcountry`). */
type Make = (context: { body: string }) => SearchField;

const fromAddress =
  (which: 'billingaddress' | 'shippingaddress', field: string): Make =>
  ({ body }) =>
    rawField(
      subfield(which, field, body),
      field === 'country' || field === 'state' ? 'select' : 'text',
      field === 'country' ? 'list:country' : undefined,
    );

const ADDRESS: Record<string, string> = {
  address1: 'addr1',
  address2: 'addr2',
  address3: 'addr3',
  addressee: 'addressee',
  attention: 'attention',
  city: 'city',
  state: 'state',
  zip: 'zip',
  country: 'country',
  countrycode: 'country',
  phone: 'addrphone',
  address: 'addrtext',
};
export const ADDRESS_NAMES: Record<string, Make> = Object.fromEntries(
  Object.entries(ADDRESS).flatMap(([name, field]) => [
    [`bill${name}`, fromAddress('billingaddress', field)],
    [`ship${name}`, fromAddress('shippingaddress', field)],
  ]),
);
