import record from 'N/record';
import search from 'N/search';
import type { Records } from '../upsert/ports';
import { OpenRecord } from './open-record';

/** N/record behind the interface of the upsert logic. Records are always opened in standard mode. */
export const records: Records = {
  load: (type, id) => new OpenRecord(record.load({ type, id })),
  create: (type) => new OpenRecord(record.create({ type })),
  transform: (fromType, fromId, toType) =>
    new OpenRecord(record.transform({ fromType, fromId: Number(fromId), toType })),
  submitFields: (type, id, values) => {
    record.submitFields({ type, id, values: values as Record<string, record.FieldValue> });
  },
  lookup: (type, id, fields) => flatten(search.lookupFields({ type, id, columns: fields })),
  remove: (type, id) => {
    record.delete({ type, id });
  },
};

/** `lookupFields` answers selects as `[{value, text}]`. */
function flatten(found: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, value];
      const ids = (value as { value: string }[]).map((one) => one.value);
      return [name, ids.length <= 1 ? (ids[0] ?? '') : ids];
    }),
  );
}
