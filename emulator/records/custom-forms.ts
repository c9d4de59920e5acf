import type { Database, Statement } from 'better-sqlite3';
import type { Account, RecordData } from '../kernel/types';

/**
 * Forms are records of type `customform`: `recordtype`, `preferred`, and `mandatory`, the field ids that the form demands. The parameter is
 * part of an expression, because SQLite plans a bare one anew for each of its values once the table has statistics.
 */
const PREFERRED = `SELECT id FROM record WHERE type = 'customform' AND json_extract(data, '$.fields.recordtype') = ? || ''
  ORDER BY json_extract(data, '$.fields.preferred') DESC, id LIMIT 1`;
/** Other records are not in it, so their writes don't pay for it. */
const BY_TYPE = `CREATE INDEX IF NOT EXISTS customform_by_type ON record (json_extract(data, '$.fields.recordtype')) WHERE type = 'customform'`;
const prepared = new WeakMap<Database, Statement<[string], number>>();

/** Answers by record type, as long as no form changes. */
interface Answers {
  changes: number;
  byType: Map<string, string | undefined>;
}
const answered = new WeakMap<Database, Answers>();

/** The form that new records of the type open with. Asked for each new record: SQLite answers, without decoding the forms, and once a type. */
export function preferredForm(account: Account, type: string): string | undefined {
  const { db } = account.store;
  const changes = account.store.changes('customform');
  let known = answered.get(db);
  if (known?.changes !== changes) answered.set(db, (known = { changes, byType: new Map() }));
  if (!known.byType.has(type)) {
    const id = (prepared.get(db) ?? prepare(db)).get(type);
    known.byType.set(type, id === undefined ? undefined : String(id));
  }
  return known.byType.get(type);
}

function prepare(db: Database): Statement<[string], number> {
  db.exec(BY_TYPE);
  const statement = db.prepare<[string], number>(PREFERRED).pluck();
  prepared.set(db, statement);
  return statement;
}

export function formOf(account: Account, record: RecordData): RecordData | undefined {
  const id = record.fields.customform;
  return typeof id === 'string' ? account.store.get('customform', id) : undefined;
}

/** The forms of a record type, as its select "Custom Form" offers them. */
export const formOptions = (account: Account, recordType: string): { value: string; text: string }[] =>
  account.store
    .list('customform')
    .filter((form) => form.fields.recordtype === recordType && form.fields.isinactive !== true)
    .map((form) => ({ value: String(form.id), text: String(form.fields.name ?? '') }));

/** Field ids that the record's form demands beyond what the type always does. */
export function mandatoryOnForm(account: Account, record: RecordData): string[] {
  const listed = formOf(account, record)?.fields.mandatory;
  if (Array.isArray(listed)) return listed;
  return typeof listed === 'string' ? listed.split(',').map((id) => id.trim()) : [];
}
