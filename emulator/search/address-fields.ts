import { subfield } from '../suiteql/catalog/address-tables';
import type { SearchField } from './field-type';
import { extract, rawField } from './fields';
import type { Format } from './types';

const ADDRESS_NAMES: Record<string, string> = {
  address1: 'addr1',
  address2: 'addr2',
  address3: 'addr3',
  address: 'addrtext',
  addressphone: 'addrphone',
  phone: 'addrphone',
  zipcode: 'zip',
  countrycode: 'country',
};
const ADDRESS_FLAGS: Record<string, string> = {
  isdefaultbilling: 'defaultbilling',
  isdefaultshipping: 'defaultshipping',
  isresidential: 'isresidential',
};

/** A field of a line of an address book. */
export function addressField(alias: string, path: string, name: string): SearchField | undefined {
  const flag = ADDRESS_FLAGS[name];
  if (flag) return rawField(extract(`${alias}.data`, flag), 'checkbox');
  if (name === 'addresslabel') return rawField(extract(`${alias}.data`, 'label'), 'text');
  if (name === 'addressinternalid' || name === 'internalid')
    return rawField(
      `COALESCE(${extract(`${alias}.data`, 'internalid')}, ${extract(`${alias}.data`, 'addressid')}, ${extract(`${alias}.data`, 'lineuniquekey')})`,
      'text',
    );
  return partOf(path, name, alias);
}

function partOf(path: string, name: string, alias: string): SearchField | undefined {
  const field = ADDRESS_NAMES[name] ?? name;
  if (!/^(addr[123]|addrtext|addrphone|addressee|attention|city|state|zip|country|custrecord\w+)$/.test(field))
    return undefined;
  const format: Format = field === 'country' || field === 'state' ? 'select' : 'text';
  return rawField(subfield(path, field, alias), format, field === 'country' ? 'list:country' : undefined);
}

/** `billingaddress` and `shippingaddress` of a transaction, joins of the same names; undefined for any other join. */
export function addressOfTransaction(body: string, join: string, name: string): SearchField | undefined {
  return join === 'billingaddress' || join === 'shippingaddress' ? partOf(join, name, body) : undefined;
}
