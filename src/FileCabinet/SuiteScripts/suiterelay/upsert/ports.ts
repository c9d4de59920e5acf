/** What the upsert logic needs of NetSuite. `netsuite/` implements it with N modules, tests with plain objects. */

export interface Values {
  getValue(options: { fieldId: string }): unknown;
  setValue(options: { fieldId: string; value: unknown; ignoreFieldChange?: boolean }): unknown;
  getText(options: { fieldId: string }): unknown;
  setText(options: { fieldId: string; text: unknown }): unknown;
}

interface Cell {
  sublistId: string;
  fieldId: string;
  line: number;
}

/** A record that is being created or edited, in standard mode. N/record's Record is one. */
export interface EditableRecord extends Values {
  getLineCount(options: { sublistId: string }): number;
  getSublistValue(options: Cell): unknown;
  setSublistValue(options: Cell & { value: unknown }): unknown;
  getSublistText(options: Cell): unknown;
  setSublistText(options: Cell & { text: unknown }): unknown;
  insertLine(options: { sublistId: string; line: number }): unknown;
  removeLine(options: { sublistId: string; line: number }): unknown;
  getSublistSubrecord(options: Cell): Values;
  getSubrecord(options: { fieldId: string }): Values;
  /** Whether the record has this body field, or this column of a sublist: values for others are dropped without a word. */
  hasField(fieldId: string, sublistId?: string): boolean;
  hasSublist(sublistId: string): boolean;
  /** Answers the internal id. */
  save(): string;
  /** Ids of empty fields whose label an error text lists: text and labels come in the same language, whichever it is. */
  emptyFieldsNamedIn(text: string): string[];
}

export interface Records {
  load(type: string, id: string): EditableRecord;
  create(type: string): EditableRecord;
  transform(fromType: string, fromId: string, toType: string): EditableRecord;
  submitFields(type: string, id: string, values: Record<string, unknown>): void;
  /** Text, checkbox as boolean, select as its internal id. Absent record: an empty object. */
  lookup(type: string, id: string, fields: string[]): Record<string, unknown>;
  remove(type: string, id: string): void;
}

export interface FileToSave {
  folder: number;
  name: string;
  /** N/file's type, such as `PDF`. */
  type: string;
  /** Text, or base64 for binary types. */
  contents: string;
  description: string;
}

/** The File Cabinet. */
export interface Files {
  /** Name and folder of a file; null when it is gone, or out of the role's sight. 10 units. */
  find(id: string): { name: string; folder: number } | null;
  /** Id of the folder of that name at the top; made when it is not there. 10 units, 25 the first time. */
  folder(name: string): number;
  /** Saves over a file of that name in the folder, whose id stays. Answers the id. 20 units. */
  save(file: FileToSave): string;
  /** Attaches to a record; once more changes nothing. 10 units. */
  attach(fileId: string, type: string, id: string): void;
}

export type Row = (string | null)[];

/** What a search can do of a branch's work: rows for which any of the conditions holds. */
export interface SearchSpec {
  type: string;
  any: { field: string; operator: 'anyof' | 'is' | 'contains'; values: string[] }[];
  /** Conditions that hold for all rows, as filter expressions. */
  all: [string, string, string][];
  /** Search columns in the order of the branch's columns; null where searches have none. */
  columns: (string | null)[];
}

export interface Queries {
  /** Roles without SuiteAnalytics Workbook may not run SuiteQL: the same is then done by N/search. */
  mode(): 'suiteql' | 'search';
  /** Runs a search; values as `run` answers them. 10 units for each 1,000 rows. */
  search(spec: SearchSpec): Row[];
  /** Runs SuiteQL; every value comes back as text or null, in the order of the select list. At most 5,000 rows. */
  run(sql: string, params: (string | number)[]): Row[];
}

/** What was learned about a type's columns, kept between requests as long as the platform's cache likes. */
export interface ColumnMemory {
  recall(recordType: string): string[];
  remember(recordType: string, columns: string[]): void;
}

export interface Tools {
  records: Records;
  files: Files;
  queries: Queries;
  memory: ColumnMemory;
  /** SHA-256, lower-case hex. */
  hash(text: string): string;
  now(): Date;
  /** The permission that this role lacks to view a record type, by name; null when it lacks none. */
  missingToView(recordType: string): string | null;
  /** Whether a feature of the account is on, such as `MULTICURRENCY`. */
  feature(name: string): boolean;
}
