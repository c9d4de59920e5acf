import type { Fields, RecordData } from '../kernel/types';

/** Which fields a script or user has set: sourcing fills the others. */
export const isTouched = (owner: { touched?: string[] }, field: string): boolean =>
  owner.touched?.includes(field) === true;

export function markTouched(owner: { touched?: string[] }, ...fields: string[]): void {
  const touched = (owner.touched ??= []);
  for (const field of fields) if (!touched.includes(field)) touched.push(field);
}

export function clearTouched(record: RecordData): void {
  delete record.touched;
  for (const lines of Object.values(record.sublists)) for (const line of lines) delete line.touched;
}

/** Sets what follows from another field, unless it was set on purpose. Answers whether it did. */
export function derive(
  owner: { fields: Fields; touched?: string[] },
  field: string,
  value: Fields[string] | undefined,
): boolean {
  if (isTouched(owner, field)) return false;
  owner.fields[field] = value ?? null;
  return true;
}
