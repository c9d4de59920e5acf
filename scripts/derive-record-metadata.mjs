// Derives emulator/data/record-types.json, the facts the emulator needs about standard record types, from the machine-readable
// records reference that Oracle publishes with its SuiteCloud SDK (netsuite-suitescript-records-reference/references/records.json).
//   node scripts/derive-record-metadata.mjs <path of records.json>
// Facts only: ids, labels, types, flags. No help texts. Names of types come from the Type enum of @hitc/netsuite-types.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const TARGET = path.resolve(import.meta.dirname, '../emulator/data/record-types.json');

/** Oracle's type names that say the same to the record engine. */
const SAME_TYPE = {
  currency2: 'currency',
  emails: 'email',
  radio: 'select',
  ccexpdate: 'text',
  ccnumber: 'text',
  ccvalidfrom: 'text',
  address: 'textarea',
  identifieranycase: 'identifier',
  ratehighprecision: 'rate',
  rtext: 'richtext',
  ssnumber: 'text',
  mmyydate: 'text',
  year: 'integer',
  time: 'timeofday',
  namevaluelist: 'textarea',
  longtext: 'textarea',
  fulltext: 'text',
  color: 'text',
  printerorientation: 'text',
};
const KNOWN = new Set([
  'text',
  'textarea',
  'clobtext',
  'richtext',
  'email',
  'phone',
  'url',
  'password',
  'inlinehtml',
  'help',
  'identifier',
  'integer',
  'float',
  'posinteger',
  'posfloat',
  'currency',
  'poscurrency',
  'percent',
  'rate',
  'checkbox',
  'date',
  'datetime',
  'datetimetz',
  'timeofday',
  'select',
  'multiselect',
  'image',
  'document',
  'summary',
]);

function typeOf(name) {
  const type = SAME_TYPE[name] ?? name;
  return KNOWN.has(type) ? type : 'text';
}

/** `id|label|type|flags`: r required, i inline editable, o offered as a radio button pair (values T and F), a address text. */
function packField(field) {
  const flags =
    (field.required === 'true' ? 'r' : '') +
    (field.nlapiSubmitField === 'true' ? 'i' : '') +
    (field.type === 'radio' ? 'o' : '') +
    (field.type === 'address' ? 'a' : '');
  const label = (field.label ?? '').replaceAll('|', '/').trim();
  return [field.internalId.toLowerCase(), label, typeOf(field.type), flags].join('|').replace(/\|+$/, '');
}

function packFields(fields) {
  const seen = new Map();
  for (const field of fields)
    if (field.internalId && !seen.has(field.internalId.toLowerCase())) seen.set(field.internalId.toLowerCase(), field);
  return [...seen.values()].map(packField);
}

/** Records whose field table the reference lacks: what searches know of them, plain columns only. */
function fieldsFromSearch(record) {
  const ids = new Set(['internalid', 'internalidnumber', 'externalidstring', 'order']);
  const plain = [...record.searchFilters, ...record.searchColumns].filter(
    (column) => column.type !== '' && !ids.has(column.internalId) && !column.internalId.startsWith('formula'),
  );
  return packFields(plain.map((column) => ({ ...column, required: 'false', nlapiSubmitField: 'false' })));
}

function scriptingOf(level) {
  const only = /only$/i.test(level) && !/server suitescript only/i.test(level);
  const lacks = (word) => new RegExp(`\\b${word}\\b[^;.]*not (supported|allowed)`, 'i').test(level);
  return (only ? 'r' : '') + (lacks('create') ? 'c' : '') + (lacks('copy') ? 'y' : '') + (lacks('delete') ? 'd' : '');
}

const TYPES = readFileSync(
  path.resolve(import.meta.dirname, '../node_modules/@hitc/netsuite-types/N/record.d.ts'),
  'utf8',
);
const WORDS = new Map([...TYPES.matchAll(/^\s+([A-Z0-9_]+) = '([a-z]+)'/gm)].map(([, key, id]) => [id, key]));

/** `SALES_ORDER` reads Sales Order. */
function labelOf(id, record) {
  const named = record.recordName;
  if (named && !/^(fields|transform types)$/i.test(named)) return named;
  const words = (WORDS.get(id) ?? id).toLowerCase().split('_');
  return words.map((word) => word[0].toUpperCase() + word.slice(1)).join(' ');
}

const source = JSON.parse(readFileSync(process.argv[2], 'utf8')).records;
const lines = [];
for (const [id, record] of Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (id.startsWith('<')) continue;
  const entry = { label: labelOf(id, record), category: record.recordCategory };
  const scripting = scriptingOf(record.scriptingLevel);
  if (scripting) entry.refuses = scripting;
  const transforms = (record.transformTypes ?? []).map((transform) => transform.targetRecordType.toLowerCase());
  if (transforms.length > 0) entry.transforms = transforms;
  entry.fields = record.fields.length > 0 ? packFields(record.fields) : fieldsFromSearch(record);
  if (record.fields.length === 0) entry.fromSearch = true;
  const sublists = Object.fromEntries(
    record.sublists
      .filter((list) => list.fields.length > 0)
      .map((list) => [list.internalId.toLowerCase(), packFields(list.fields)]),
  );
  if (Object.keys(sublists).length > 0) entry.sublists = sublists;
  lines.push(`${JSON.stringify(id)}:${JSON.stringify(entry)}`);
}
writeFileSync(TARGET, `{\n${lines.join(',\n')}\n}\n`);
