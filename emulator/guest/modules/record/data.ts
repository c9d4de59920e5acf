/** Record data as it travels between guest and account (emulator/kernel/types.ts states the same shapes for the account's side). */
export type Value = string | number | boolean | string[] | null;
export type Fields = Record<string, Value>;

export interface SubrecordData {
  fields: Fields;
  sublists?: Record<string, LineData[]>;
  touched?: string[];
}

export interface LineData {
  fields: Fields;
  subrecords?: Record<string, SubrecordData>;
  /** Fields a script or user has set since the record was opened: these are never overwritten by sourcing. */
  touched?: string[];
}

export interface RecordData {
  type: string;
  id: string | null;
  externalId: string | null;
  version: number;
  fields: Fields;
  sublists: Record<string, LineData[]>;
  subrecords: Record<string, SubrecordData>;
  touched?: string[];
}

/** What `record.create`, `load`, `copy` and `transform` answer; `meta` only for types the guest has not named in `have`. */
export interface OpenedRecord {
  record: RecordData;
  meta: PackedMeta[];
}

/** A type's metadata in a form that costs nothing until a field is asked for: see meta.ts. */
export interface PackedMeta {
  type: string;
  body: string;
  /** Ids and fields in turn. */
  sublists: string[];
  subrecords: Record<string, string>;
  /** Fields whose change the account has to hear of in dynamic mode, by sublist; `''` is the body. */
  triggers: Record<string, string[]>;
  /** Undeclared custom fields work (setting `unknownCustomFields`): unset ones read as empty text. */
  lenient?: boolean;
}

export function touch(owner: { touched?: string[] }, fieldId: string): void {
  const touched = (owner.touched ??= []);
  if (!touched.includes(fieldId)) touched.push(fieldId);
}
