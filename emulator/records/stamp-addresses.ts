import type { Fields, RecordData, TypeMeta } from '../kernel/types';
import { addressText } from './address-text';
import { isTouched } from './touched';

const PARTS = ['addr1', 'addr2', 'addr3', 'city', 'state', 'zip', 'country', 'addressee', 'attention'];
const KINDS = [
  { subrecord: 'billingaddress', prefix: 'bill', text: 'billaddress' },
  { subrecord: 'shippingaddress', prefix: 'ship', text: 'shipaddress' },
];

/** A transaction shows its addresses as one text and in parts (`shipcity`, `billzip` …); the subrecord is what counts. */
export function stampAddresses(meta: TypeMeta, record: RecordData): void {
  for (const { subrecord, prefix, text } of KINDS) {
    if (!meta.subrecords[subrecord]) continue;
    const address: Fields | undefined = record.subrecords[subrecord]?.fields;
    if (!address || Object.values(address).every((value) => value === null || value === '')) {
      delete record.subrecords[subrecord];
      continue;
    }
    for (const part of PARTS) record.fields[prefix + part] = address[part] ?? null;
    if (meta.fields[text] && !isTouched(record, text)) record.fields[text] = addressText(address);
  }
}

/** Takes an address off a transaction, with what it shows of it. */
export function dropAddress(record: RecordData, subrecord: string): void {
  const kind = KINDS.find((each) => each.subrecord === subrecord);
  if (!kind) return;
  delete record.subrecords[subrecord];
  for (const field of [kind.text, ...PARTS.map((part) => kind.prefix + part)])
    if (record.fields[field] !== undefined && !isTouched(record, field)) record.fields[field] = null;
}
