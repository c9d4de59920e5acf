import { extract, rawColumn } from './column';
import { ENTITY_TYPES } from './item-types';
import type { ColumnSpec } from './record-table';
import type { SublistTableSpec } from './sublist-table';
import { typeList } from './table';

const own = (row: string, field: string): string => extract(`${row}.data`, field);
const companies = Object.keys(ENTITY_TYPES);
const row = (company: string, contact: string, role: string): string =>
  `${company} AS company, ${contact} AS contact, ${role} AS role`;
const listed = `n.sublist = 'contactroles' AND ${typeList('n.type', companies)}`;

/** A bare column: of those SQLite makes an index when many contacts or companies ask for theirs. */
const column = (name: string, target: string): ColumnSpec => ({
  make: (row) => rawColumn(`${row}.${name}`, 'key', target),
});

/** Contacts with the companies they work for, and with those they are attached to (section_4267282652); the role stands in the company's list. */
const relationships = (): string =>
  `(SELECT c.type, c.id, '' AS sublist, 0 AS seq, ` +
  row(
    own('c', 'company'),
    `'' || c.id`,
    `COALESCE((SELECT ${own('n', 'role')} FROM line n WHERE ${listed} AND n.id = CAST(${own('c', 'company')} AS INTEGER) AND ${own('n', 'contact')} = '' || c.id), ${own('c', 'contactrole')})`,
  ) +
  ` FROM record c WHERE c.type = 'contact' AND ${own('c', 'company')} IS NOT NULL ` +
  `UNION ALL SELECT n.type, n.id, n.sublist, n.seq, ${row(`'' || n.id`, own('n', 'contact'), own('n', 'role'))} FROM line n JOIN record c ` +
  `ON c.type = 'contact' AND c.id = CAST(${own('n', 'contact')} AS INTEGER) AND ${own('c', 'company')} IS NOT '' || n.id WHERE ${listed})`;

export const CONTACT_RELATIONSHIP: SublistTableSpec = {
  label: 'companyContactRelationship',
  types: ['contact'],
  sublists: [],
  registryFields: false,
  from: relationships,
  columns: {
    company: column('company', 'entity'),
    contact: column('contact', 'contact'),
    role: column('role', 'contactrole'),
  },
};
