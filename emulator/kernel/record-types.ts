/** Records, their metadata and the store: the shapes that travel between account, host and guest. */
import type { Database } from 'better-sqlite3';

/** A stored value: select = id as text, multiselect = ids, checkbox = boolean, date = `YYYY-MM-DD`, date-time = ISO 8601 UTC. */
export type Value = string | number | boolean | string[] | null;
export type Fields = Record<string, Value>;

/** One line of a sublist. `line` and `lineuniquekey` are fields of it; a subrecord of a line stands under its field id. */
export interface LineData {
  fields: Fields;
  subrecords?: Record<string, SubrecordData>;
  /** Fields set by a script or user since the record was opened; never stored. Sourcing leaves them alone. */
  touched?: string[];
}

export interface SubrecordData {
  fields: Fields;
  /** Lines of the subrecord itself: an inventory detail's assignments. */
  sublists?: Record<string, LineData[]>;
  touched?: string[];
}

/** A record as it is stored, and as it travels between account, host and guest. Empty fields may be absent or null. */
export interface RecordData {
  type: string;
  /** Internal id as text; null until the first save. */
  id: string | null;
  externalId: string | null;
  /** Grows with every write and with nothing else; 0 before the first save. */
  version: number;
  fields: Fields;
  sublists: Record<string, LineData[]>;
  subrecords: Record<string, SubrecordData>;
  /** As LineData.touched, for body fields. */
  touched?: string[];
}

/** Billing class of Oracle's governance table (page section_157072844224). */
export type GovernanceClass = 'transaction' | 'custom' | 'other';

export type FieldType =
  | 'text'
  | 'textarea'
  | 'clobtext'
  | 'richtext'
  | 'email'
  | 'phone'
  | 'url'
  | 'password'
  | 'inlinehtml'
  | 'help'
  | 'identifier'
  | 'integer'
  | 'float'
  | 'posinteger'
  | 'posfloat'
  | 'currency'
  | 'poscurrency'
  | 'percent'
  | 'rate'
  | 'checkbox'
  | 'date'
  | 'datetime'
  | 'datetimetz'
  | 'timeofday'
  | 'select'
  | 'multiselect'
  | 'image'
  | 'document'
  | 'summary';

export interface FieldMeta {
  id: string;
  label: string;
  type: FieldType;
  /** Record type (or list) a select points to: `customer`, `item`, `customlist_x`, … */
  selectType?: string;
  required?: boolean;
  /** A checkbox that scripts read and write as `T` or `F` (radio buttons on the form), such as `isperson`. */
  radio?: boolean;
  /** May be set by submitFields without a hidden load and save (nlapiSubmitField in Oracle's records.json). */
  inlineEditable?: boolean;
  readOnly?: boolean;
  maxLength?: number;
  /** False for fields that are never stored (SDF storevalue F). */
  stored?: boolean;
  custom?: boolean;
  /** Nobody declared it: setting `unknownCustomFields` made it of the first value stored. */
  adopted?: boolean;
  /** A custom record's field "Record is Parent": its records are a sublist `recmach<field>` of the record it points to. */
  isParent?: boolean;
  defaultValue?: Value;
}

export interface SublistMeta {
  id: string;
  fields: Record<string, FieldMeta>;
}

export interface TypeMeta {
  /** SuiteScript record type id: `customer`, `salesorder`, `customrecord_x`. */
  id: string;
  label: string;
  class: GovernanceClass;
  /** Records of a group share internal ids and external ids: `entity`, `transaction`, `item`, `event`; otherwise the type itself. */
  group: string;
  fields: Record<string, FieldMeta>;
  sublists: Record<string, SublistMeta>;
  /** Body subrecords by field id, and line subrecords as `sublist.field`; the value is the subrecord's type (`address`). */
  subrecords: Record<string, string>;
  transforms: string[];
  scripting: { create: boolean; copy: boolean; delete: boolean; edit: boolean };
  nameField: string;
}

/** Which record types and fields exist: Oracle's, plus the account's own custom ones. Implemented in records/registry.ts. */
export interface Registry {
  /** The type's metadata, or undefined when no such type exists. Case-insensitive. */
  type(id: string): TypeMeta | undefined;
  types(): TypeMeta[];
  addType(meta: TypeMeta): void;
  addField(typeIds: string[], field: FieldMeta, sublist?: string): void;
  /** Grows with every type and field added: what is derived from metadata holds as long as it does not change. */
  readonly revision: number;
  /** Values of a custom list as records of its own type exist too; this registers the type. */
  addList(id: string, label: string, values: { id: string; scriptId: string; text: string; inactive: boolean }[]): void;
}

/**
 * The account's data: SQLite (better-sqlite3), one connection, on the main thread. Implemented in store/.
 * Tables that the search engines may read directly:
 *   record(type TEXT, id INTEGER, grp TEXT, externalid TEXT, version INTEGER, data TEXT, PRIMARY KEY(type, id)) WITHOUT ROWID
 *     data = JSON {"fields":{…},"subrecords":{…}}; unique index on (grp, upper(externalid)); index on (grp, id)
 *   line(type TEXT, id INTEGER, sublist TEXT, seq INTEGER, data TEXT, PRIMARY KEY(type, id, sublist, seq)) WITHOUT ROWID
 *     data = JSON {"fields":{…,"line":1,"lineuniquekey":77},"subrecords":{…}}
 * Expression indexes over json_extract(data, '$.fields.x') are made on demand by `ensureIndex`.
 */
export interface Store {
  get(type: string, id: string): RecordData | undefined;
  /** Finds by id within the whole group: an entity id gives the customer, contact, employee … that has it. */
  getInGroup(group: string, id: string): RecordData | undefined;
  findByExternalId(group: string, externalId: string): { type: string; id: string } | undefined;
  /** Inserts or replaces, sets the next version on the given object and answers it. Uniqueness of external ids is enforced here. */
  put(record: RecordData): RecordData;
  /** Writes figures that the platform derives (balances, stock) without a new version: they are no edit of the record. */
  patch(type: string, id: string, fields: Fields): void;
  patchLine(type: string, id: string, sublist: string, seq: number, line: LineData): void;
  /** Grows whenever records of a type may have become others: written, removed, rolled back or restored. */
  changes(type: string): number;
  /** The tables were restored from outside. */
  noteRestored(): void;
  remove(type: string, id: string): void;
  /** The next internal id of the group. Seeded explicit ids push it on. */
  nextId(group: string): string;
  /** An account-wide counter, e.g. `lineuniquekey` or a document number. */
  next(counter: string): number;
  list(type: string, options?: { limit?: number; after?: string }): RecordData[];
  ensureIndex(type: string, field: string, sublist?: string): void;
  /** The same for an expression over a record's `data`, of functions that the connection has and that never throw; or over the lines of a sublist. */
  ensureComputedIndex(expression: string, sublist?: string): void;
  transaction<T>(work: () => T): T;
  close(): void;
  /** The connection, for search engines and ledgers with tables of their own. */
  readonly db: Database;
}
