// Derives emulator/data/sdf-schema.json, the rules the SDF validator checks, from a schema and an overlay of corrections:
//   node scripts/derive-sdf-schema.mjs SCHEMA.json OVERLAY.json
// The source is the last Apache-2.0 state of the generated type definitions of salto-io/salto (packages/netsuite-adapter/src/autogen at
// 24ffe43de9e6a1920a7b158c787998c460eedd49, Copyright 2024 Salto Labs Ltd.), corrected by permissions.json of
// oracle/netsuite-suitecloud-sdk (UPL-1.0). Equal structures are stored once, lists nobody can check offline are dropped.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [schemaFile, overlayFile] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const overlay = JSON.parse(readFileSync(overlayFile, 'utf8'));

/** Lists that are open (standard field ids), or that no object depends on (icons, center categories). */
const OPEN = new Set([
  'generic_standard_field',
  'generic_centercategory',
  'generic_custom_record_icon',
  'countries',
  'generic_standard_task',
  'generic_task',
  'sublist_standard_fields',
  ...(overlay.openEnums ?? []),
]);

const noteRules = (field) => {
  const note = field.note ?? '';
  const found = {};
  const number = (pattern) => pattern.exec(note)?.slice(1).map(Number);
  const length = number(/can be up to (\d+) characters long/);
  if (length) found.maxlength = length[0];
  const range = number(/must range from (-?\d+) through (-?\d+)/);
  if (range) [found.min, found.max] = range;
  const mandatory = [
    ...note.matchAll(
      /mandatory when the (\w+) value is equal to (?:any of the following lists or values: )?(.*?)\.(?= |$)/g,
    ),
  ]
    .map(([, other, list]) => [
      other,
      list
        .split(/,| or /)
        .map((v) => v.trim())
        .filter(Boolean),
    ])
    .filter(([, values]) => values.every((v) => /^[\w ]+$/.test(v)));
  if (mandatory.length) found.mandatoryWhen = mandatory;
  const features = [...note.matchAll(/you must reference the (\w+) feature in the manifest/g)].map((m) => m[1]);
  if (features.length) found.features = features;
  return found;
};

const KIND = { boolean: 'bool', number: 'number', enum: 'enum', service_id: 'id', struct: 'struct', string: 'text' };
function compact(field) {
  const out = { kind: KIND[field.type] ?? 'text', ...noteRules(field) };
  if (field.orig === 'filereference') out.kind = 'file';
  else if (field.type === 'string' && /-select list$/.test(field.orig ?? '')) out.kind = 'ref';
  for (const key of ['required', 'attr', 'list', 'maxlength', 'min', 'max', 'enum', 'default', 'ext', 'regex']) {
    if (field[key] !== undefined && field[key] !== false) out[key] = field[key];
  }
  if (field.multi || field.orig === 'multi-select list') out.multi = true;
  for (const key of ['features', 'mandatoryWhen']) if (field[key]?.length) out[key] = field[key];
  if (out.kind === 'enum' && OPEN.has(out.enum)) return { ...out, kind: 'text', enum: undefined };
  if (out.kind === 'ref') {
    const also = field.also ?? [];
    if (field.refs?.includes('string') || also.some((name) => OPEN.has(name) || !schema.enums[name]))
      return { ...out, kind: 'text' };
    out.also = also;
    out.refs = (field.refs ?? []).filter((name) => /^[a-z]\w*$/i.test(name));
  }
  return out;
}

for (const [name, values] of Object.entries(overlay.enums ?? {}))
  schema.enums[name] = [...new Set([...(schema.enums[name] ?? []), ...values])];
for (const [type, rules] of Object.entries(overlay.types ?? {})) schema.types[type] ??= rules;
for (const rule of overlay.fields ?? []) {
  for (const [type, { structs }] of Object.entries(schema.types)) {
    if (rule.types !== '*' && !rule.types.includes(type)) continue;
    const pattern = new RegExp(`^(?:${rule.struct.replace('{type}', type)})$`);
    for (const [name, fields] of Object.entries(structs)) {
      if (!pattern.test(name) || (rule.onlyExisting && !fields[rule.field])) continue;
      if (rule.set === null) delete fields[rule.field];
      else
        fields[rule.field] = {
          ...fields[rule.field],
          ...JSON.parse(JSON.stringify(rule.set).replaceAll('{type}', type)),
        };
    }
  }
}

const structs = [];
const known = new Map();
function addStruct(type, name) {
  const fields = {};
  for (const [id, field] of Object.entries(schema.types[type].structs[name])) {
    fields[id] =
      field.type === 'struct' ? { ...compact(field), struct: addStruct(type, field.struct) } : compact(field);
  }
  const key = JSON.stringify(fields);
  if (!known.has(key)) {
    known.set(key, structs.length);
    structs.push(fields);
  }
  return known.get(key);
}

const types = {};
for (const type of Object.keys(schema.types).sort()) types[type] = addStruct(type, schema.types[type].root);
const used = new Set(
  structs.flatMap((fields) => Object.values(fields).flatMap((f) => [f.enum, ...(f.also ?? [])].filter(Boolean))),
);
const enums = Object.fromEntries(
  [...used]
    .sort()
    .filter((name) => schema.enums[name])
    .map((name) => [name, [...schema.enums[name]].sort()]),
);
enums.features = [...new Set([...(schema.enums.features ?? []), ...(schema.enums.configurable_features ?? [])])].sort();
const permissions = { ...schema.permissions, ...overlay.permissions };
for (const name of schema.enums.generic_permission ?? []) permissions[name] ??= [];
delete enums.generic_permission;

const about =
  'What each SDF object type may hold. Derived by scripts/derive-sdf-schema.mjs from salto-io/salto, packages/netsuite-adapter/src/autogen ' +
  'at 24ffe43de9e6a1920a7b158c787998c460eedd49 (Apache-2.0, Copyright 2024 Salto Labs Ltd.; changed: reduced to checkable rules), ' +
  'and permissions.json of oracle/netsuite-suitecloud-sdk (UPL-1.0, Copyright Oracle).';
const target = path.resolve(import.meta.dirname, '../emulator/data/sdf-schema.json');
writeFileSync(target, `${JSON.stringify({ about, types, structs, enums, permissions })}\n`);
