import type { Account, FieldMeta, Fields, RecordData, TypeMeta, Value } from '../kernel/types';
import { derivedMeta } from './derived-meta';

const CUSTOM = /^(cust|cseg)/;

/** The type that an undeclared custom field gets from the first value stored in it. */
export function inferField(account: Account, id: string, value: Value): FieldMeta {
  const field: FieldMeta = {
    id,
    label: id,
    type: typeof value === 'boolean' ? 'checkbox' : 'text',
    custom: true,
    adopted: true,
    inlineEditable: true,
  };
  if (!id.startsWith('cseg')) return field;
  const target = `customrecord_${id}`;
  return { ...field, type: 'select', ...(account.registry.type(target) ? { selectType: target } : {}) };
}

function adopt(account: Account, meta: TypeMeta, fields: Fields, sublist?: string): void {
  const known = sublist === undefined ? meta.fields : meta.sublists[sublist]?.fields;
  for (const id in fields) {
    if (!id.startsWith('c') || known?.[id] || !CUSTOM.test(id)) continue;
    const value = fields[id]!;
    if (account.settings.unknownCustomFields === 'accept') {
      if (value !== null) account.registry.addField([meta.id], inferField(account, id, value), sublist);
    } else delete fields[id];
  }
}

/** Undeclared custom fields: dropped as an account drops them, or declared by their first value (setting `unknownCustomFields`). */
export function dropUnknownFields(account: Account, meta: TypeMeta, record: RecordData): void {
  adopt(account, meta, record.fields);
  for (const [sublist, lines] of Object.entries(record.sublists))
    for (const line of lines) adopt(account, meta, line.fields, sublist);
  for (const id of derivedMeta(account, meta).notStored) delete record.fields[id];
}
