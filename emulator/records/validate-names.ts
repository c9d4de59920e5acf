import type { Database, Statement } from 'better-sqlite3';
import { fault, type FaultError } from '../kernel/types';
import { recordOptions } from './options';
import { isChanged, type Validation } from './validation';

const CUSTOMER =
  'A customer record with this ID already exists. You must enter a unique customer ID for each record you create.';

const DUPLICATES: Record<string, { name: string; message: string }> = {
  customer: { name: 'UNIQUE_CUST_ID_REQD', message: CUSTOMER },
  contact: {
    name: 'CONTACT_ALREADY_EXISTS',
    message: 'A contact record with this name already exists. Every contact record must have a unique name.',
  },
  vendor: {
    name: 'UNIQUE_VENDOR_NAME_REQD',
    message: 'A vendor record with this name already exists. Every vendor record must have a unique name.',
  },
  employee: {
    name: 'DUP_EMPL_ENTITY_NAME',
    message: 'An employee record with this name already exists. Every employee record must have a unique name.',
  },
  partner: {
    name: 'UNIQUE_PARTNER_CODE_REQD',
    message: 'A partner record with this name already exists. Every partner record must have a unique name.',
  },
  item: { name: 'DUP_ITEM', message: 'Uniqueness error - there is already an item with that name or external ID.' },
};

const duplicate = (kind: string): FaultError => fault(DUPLICATES[kind]!.name, DUPLICATES[kind]!.message);

function kindOf(type: string, group: string): string | undefined {
  if (type === 'lead' || type === 'prospect') return 'customer';
  if (group === 'item') return 'item';
  return DUPLICATES[type] ? type : undefined;
}

/** Names that must be unique among records of their kind; contacts only within their company. */
export function validateNames(validation: Validation): void {
  const { account, meta, record } = validation;
  const kind = kindOf(meta.id, meta.group);
  if (kind === undefined || recordOptions(account).uniqueNames[kind] !== true) return;
  const field = kind === 'item' ? 'itemid' : 'entityid';
  const name = record.fields[field];
  if (typeof name !== 'string' || !isChanged(validation, field)) return;
  const same = findByName(validation, kind, field, name).filter((row) => row.id !== Number(record.id ?? NaN));
  const clash =
    kind === 'contact' ? same.filter((row) => (row.company ?? null) === (record.fields.company ?? null)) : same;
  if (clash.length > 0) throw duplicate(kind);
}

const TYPES: Record<string, string[]> = { customer: ['customer', 'lead', 'prospect'] };

interface Named {
  id: number;
  type: string;
  company: string | null;
}
const lookups = new WeakMap<Database, Map<string, Statement<[string, string]>>>();

/** A prepared look-up by name, whatever its case, with the index it needs. */
function lookupByName(db: Database, field: string): Statement<[string, string]> {
  const known = lookups.get(db) ?? new Map<string, Statement<[string, string]>>();
  lookups.set(db, known);
  const found = known.get(field);
  if (found) return found;
  const column = `upper(json_extract(data, '$.fields.${field}'))`;
  const present = `json_extract(data, '$.fields.${field}') IS NOT NULL`;
  db.exec(`CREATE INDEX IF NOT EXISTS "record_name_${field}" ON record (grp, ${column}) WHERE ${present}`);
  const statement = db.prepare<[string, string]>(
    `SELECT id, type, json_extract(data, '$.fields.company') AS company FROM record WHERE grp = ? AND ${column} = upper(?) AND ${present}`,
  );
  known.set(field, statement);
  return statement;
}

/** Items share one name space over all their kinds, leads and prospects one with customers. */
function findByName({ account, meta }: Validation, kind: string, field: string, name: string): Named[] {
  const rows = lookupByName(account.store.db, field).all(meta.group, name) as Named[];
  const types = kind === 'item' ? null : (TYPES[kind] ?? [kind]);
  return rows.filter((row) => types === null || types.includes(row.type));
}
