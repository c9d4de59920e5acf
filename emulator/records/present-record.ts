import type { Account, RecordData, TypeMeta } from '../kernel/types';
import { addressText, defaultAddress, addressOf } from './address-text';
import { statusText } from './order-status';
import { showInOwnCurrency } from './show-owed';

/** A stored record as a script gets to see it: values the platform shows but does not keep. */
export function presentRecord(account: Account, meta: TypeMeta, record: RecordData): RecordData {
  const { fields } = record;
  fields.id = record.id;
  if (record.externalId !== null) fields.externalid = record.externalId;
  if (meta.group === 'transaction') {
    const status = statusText(account, record);
    if (status) {
      fields.status ??= status.text;
      fields.statusref ??= status.ref;
    }
  }
  if (meta.group === 'entity') showInOwnCurrency(account, record);
  if (meta.group === 'entity' && record.sublists.addressbook) {
    for (const each of record.sublists.addressbook) {
      const address = addressOf(each);
      each.fields.addressbookaddress_text = addressText(address);
      if (each.subrecords?.addressbookaddress && address.override !== true) address.addrtext = addressText(address);
    }
    const line = defaultAddress(record, 'defaultbilling') ?? defaultAddress(record, 'defaultshipping');
    if (line) fields.defaultaddress ??= addressText(addressOf(line), String(fields.companyname ?? ''));
  }
  return record;
}
