import type { FieldMeta, Fields } from '../kernel/types';
import { tooLong } from './faults';
import { maxLengthOf } from './unpack-type';
import { isChanged, type Validation } from './validation';

const checkFields = (fields: Fields, metas: Record<string, FieldMeta>, applies: (id: string) => boolean): void => {
  for (const id of Object.keys(fields)) {
    const value = fields[id];
    const maximum = metas[id]?.maxLength;
    if (typeof value === 'string' && maximum !== undefined && value.length > maximum && applies(id))
      throw tooLong(id, maximum);
  }
};

const ADDRESS_FIELDS = ['addressee', 'attention', 'addr1', 'addr2', 'addr3', 'city', 'state', 'zip', 'addrphone'];

function checkAddress(fields: Fields): void {
  for (const id of ADDRESS_FIELDS) {
    const value = fields[id];
    const maximum = maxLengthOf('address', id, 'text')!;
    if (typeof value === 'string' && value.length > maximum) throw tooLong(id, maximum);
  }
}

/** A value over the field's length is an error, never cut off. */
export function validateLengths(validation: Validation): void {
  const { meta, record } = validation;
  checkFields(record.fields, meta.fields, (id) => isChanged(validation, id));
  if (record.externalId && record.externalId.length > 255) throw tooLong('externalid', 255);
  for (const [sublist, lines] of Object.entries(record.sublists)) {
    const metas = meta.sublists[sublist]?.fields ?? {};
    for (const line of lines) {
      checkFields(line.fields, metas, () => true);
      for (const subrecord of Object.values(line.subrecords ?? {})) checkAddress(subrecord.fields);
    }
  }
  for (const [id, subrecord] of Object.entries(record.subrecords))
    if (meta.subrecords[id] === 'address') checkAddress(subrecord.fields);
}
