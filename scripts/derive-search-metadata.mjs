// Derives emulator/data/search-fields.json, the names that searches know per type, from the machine-readable records reference that
// Oracle publishes with its SuiteCloud SDK (netsuite-suitescript-records-reference/references/records.json).
//   node scripts/derive-search-metadata.mjs <path of records.json>
// Facts only: `{type: {name: "<format>[+f|+c]"}}`; +f is a filter only, +c a column only.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const TARGET = path.resolve(import.meta.dirname, '../emulator/data/search-fields.json');
const FORMATS = {
  select: 'select',
  image: 'select',
  document: 'select',
  period: 'select',
  multiselect: 'multi',
  checkbox: 'checkbox',
  date: 'date',
  datetime: 'datetime',
  datetimetz: 'datetime',
  currency: 'currency',
  currency2: 'currency',
  poscurrency: 'currency',
  rate: 'currency',
  float: 'float',
  posfloat: 'float',
  integer: 'integer',
  posinteger: 'integer',
  percent: 'percent',
};

const [source] = process.argv.slice(2);
if (!source) throw new Error('usage: node scripts/derive-search-metadata.mjs <path of records.json>');
const { records } = JSON.parse(readFileSync(source, 'utf8'));

function fieldsOf(record) {
  const filters = new Map((record.searchFilters ?? []).map((field) => [field.internalId, field.type]));
  const columns = new Map((record.searchColumns ?? []).map((field) => [field.internalId, field.type]));
  const names = [...new Set([...filters.keys(), ...columns.keys()])]
    .filter((name) => /^[a-z][a-z0-9_]*$/.test(name))
    .sort();
  return Object.fromEntries(
    names.map((name) => {
      const format = FORMATS[columns.get(name)] ?? FORMATS[filters.get(name)] ?? 'text';
      return [name, format + (columns.has(name) ? (filters.has(name) ? '' : '+c') : '+f')];
    }),
  );
}

const result = {};
for (const [type, record] of Object.entries(records).sort()) {
  if (!/^[a-z]+$/.test(type)) continue;
  const fields = fieldsOf(record);
  if (Object.keys(fields).length > 0) result[type] = fields;
}
writeFileSync(
  TARGET,
  `{\n${Object.entries(result)
    .map(([type, fields]) => `${JSON.stringify(type)}: ${JSON.stringify(fields)}`)
    .join(',\n')}\n}\n`,
);
