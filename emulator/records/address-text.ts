import { listText } from './option-lists';
import type { Fields, LineData, RecordData, Value } from '../kernel/types';

const text = (value: Value | undefined): string => (value === undefined || value === null ? '' : String(value));

/** The printed form of an address, as the default format of the United States lays it out. */
export function addressText(fields: Fields, entityName = ''): string {
  const cityLine = [text(fields.city), text(fields.state)].filter(Boolean).join(' ');
  const lines = [
    text(fields.attention),
    text(fields.addressee) || entityName,
    text(fields.addr1),
    text(fields.addr2),
    text(fields.addr3),
    [cityLine, text(fields.zip)].filter(Boolean).join(' '),
    listText('list:country', text(fields.country)) ?? text(fields.country),
  ];
  return lines.filter(Boolean).join('\n');
}

/** An entity's default billing or shipping address line. */
export function defaultAddress(entity: RecordData, kind: 'defaultbilling' | 'defaultshipping'): LineData | undefined {
  return (entity.sublists.addressbook ?? []).find((line) => line.fields[kind] === true);
}

export function addressOf(line: LineData): Fields {
  return line.subrecords?.addressbookaddress?.fields ?? {};
}

export const addressLineId = (line: LineData): string =>
  text(line.fields.internalid ?? line.fields.id ?? line.fields.addressid);
