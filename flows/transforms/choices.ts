import { readPath } from '../read-path';
import { TransformError } from '../transform-error';
import type { Transform } from '../types';

const isTable = (table: unknown): table is Record<string, unknown> => typeof table === 'object' && table !== null;

/**
 * Looks a value up in `table`, exactly, then without case. An unknown one follows `unknown`: `error` (default), `leave`, `keep`
 * (pass on as it is), `createOption` (the same, and HubSpot gets an option of that name when it has none), or `default` with `default`.
 */
export const picklist: Transform = (value, context, options) => {
  const table = isTable(options['table']) ? options['table'] : {};
  const text = String(value).trim();
  if (Object.hasOwn(table, text)) return table[text];
  const folded = Object.keys(table).find((key) => key.toLowerCase() === text.toLowerCase());
  if (folded !== undefined) return table[folded];
  switch (options['unknown']) {
    case 'leave':
      context.warn({
        code: 'PICKLIST_UNKNOWN',
        message: `${JSON.stringify(text)} is not in the table; left alone.`,
        from: text,
      });
      return undefined;
    case 'keep':
    case 'createOption':
      return text;
    case 'default':
      context.warn({
        code: 'PICKLIST_UNKNOWN',
        message: `${JSON.stringify(text)} is not in the table.`,
        from: text,
        to: String(options['default']),
      });
      return options['default'];
    default:
      throw new TransformError(
        'INVALID_VALUE',
        `${JSON.stringify(text)} is none of ${Object.keys(table).join(', ')}.`,
        "Choose a known value in the CRM, or add this one to the flow's table.",
      );
  }
};

/**
 * `a;b;c` or a list, as a sorted list without doubles. `allowed` names the members there are; `table` looks each one up as `picklist` does,
 * with its `unknown`. `separator: "|"` reads what CSV imports write.
 */
export const multiSelect: Transform = (value, context, options) => {
  const isList = Array.isArray(value);
  const given = isList ? value.map(String) : String(value).split(options['separator'] === '|' ? '|' : ';');
  const members = given.map((member) => member.trim()).filter((member) => member !== '');
  const { allowed, table } = options;
  const wrong =
    (Array.isArray(allowed) ? members.find((member) => !allowed.includes(member)) : undefined) ??
    (isList ? members.find((member) => member.includes(';')) : undefined);
  if (wrong !== undefined) {
    throw new TransformError(
      'INVALID_VALUE',
      `${JSON.stringify(wrong)} is no member of the multi-select.`,
      'Use members without a semicolon that exist in NetSuite.',
    );
  }
  const found = isTable(table)
    ? members.map((member) => picklist(member, context, options)).filter((member) => member !== undefined)
    : members;
  return [...new Set(found.map(String))].sort();
};

/** The members of a multi-select as both CRMs write them: `a;b;c`. Takes the options of `multiSelect`. */
export const multiSelectText: Transform = (value, context, options) =>
  (multiSelect(value, context, options) as string[]).join(';');

const TRUE = new Set(['true', 't', '1', 'yes']);
const FALSE = new Set(['false', 'f', '0', 'no']);

export const boolean: Transform = (value) => {
  const text = String(value).trim().toLowerCase();
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw new TransformError(
    'INVALID_VALUE',
    `${JSON.stringify(value)} is neither true nor false.`,
    'Send true or false.',
  );
};

export const not: Transform = (value, context, options) => boolean(value, context, options) !== true;

const CURRENCY = /^[A-Z]{3}$/;

export const currencyCode: Transform = (value) => {
  const code = String(value).trim().toUpperCase();
  if (CURRENCY.test(code)) return code;
  throw new TransformError(
    'UNKNOWN_CURRENCY',
    `${JSON.stringify(value)} is no currency code.`,
    'Send the ISO 4217 code, such as EUR.',
  );
};

/**
 * The subsidiary by rules, of which the first that fits decides: `rules: [{ countries: [DE, AT], when: { CurrencyIsoCode: EUR }, use: "…" }]`.
 * The value is the country; `when` names paths of the record, such as its currency or a custom field, and what they must hold. No rule
 * fits: a person decides, because a customer's subsidiary can't be changed later without loss.
 */
export const subsidiary: Transform = (value, context, options) => {
  const { rules } = options;
  const code = String(value).trim().toUpperCase();
  const asked = new Set<string>();
  for (const rule of Array.isArray(rules) ? (rules as unknown[]) : []) {
    if (!isTable(rule)) continue;
    const { countries, when, use } = rule;
    if (Array.isArray(countries) && !countries.some((country) => String(country).toUpperCase() === code)) continue;
    const conditions = Object.entries(isTable(when) ? when : {});
    for (const [path] of conditions) asked.add(path);
    if (conditions.every(([path, wanted]) => [wanted].flat().includes(textAt(context.record, path)))) return use;
  }
  const values = [...asked].map((path) => `${path} ${textAt(context.record, path) || 'empty'}`);
  throw new TransformError(
    'SUBSIDIARY_MISMATCH',
    `No subsidiary is configured for ${[code, ...values].join(', ')}.`,
    "Add a rule for it to the flow's table of subsidiaries.",
  );
};

const textAt = (record: unknown, path: string): string => {
  const { value } = readPath(record, path);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : '';
};

/** The company a HubSpot record belongs to: the primary association where there is one, else the only one. */
export const hsPrimaryId: Transform = (value) => {
  const all = (Array.isArray(value) ? value : [value]).filter(isTable);
  const primary = all.find((one) => /^(deal|contact|order|quote|ticket)_to_company$/.test(String(one['type'])));
  const ids = new Set(all.map((one) => String(one['id'])));
  if (primary) return String(primary['id']);
  if (ids.size === 0) return null;
  if (ids.size === 1) return [...ids][0];
  throw new TransformError(
    'AMBIGUOUS_MATCH',
    `The record belongs to ${ids.size} companies (${[...ids].join(', ')}), and none of them is the primary one.`,
    'Mark one company as primary in HubSpot, or leave only one: quotes and orders have no primary company.',
  );
};
