/**
 * Functions that answer the same for the same texts, whatever the account's settings are, and refuse none: a record's save keeps the indexes
 * of what is computed of it, and must not fail over one.
 */
const STEADY = new Set([
  ...[
    'json_extract',
    'ora_text',
    'ora_lower',
    'ora_upper',
    'ora_substr',
    'ora_instr',
    'ora_trim',
    'ora_ltrim',
    'ora_rtrim',
  ],
  ...['ora_replace', 'ora_regexp_replace', 'ora_add', 'ora_sub', 'ora_mul', 'coalesce', 'nullif'],
]);
const LITERAL = /'(?:[^']|'')*'/g;

/**
 * A text that is computed of one record alone, such as `LOWER(email)`, as an expression over its row: an index of it spares a search among
 * all records. Null for anything else.
 */
export function computedText(sql: string, recordAliases: ReadonlySet<string>): string | null {
  const bare = sql.replaceAll(LITERAL, "''");
  if (/[:?]|\bSELECT\b/i.test(bare)) return null;
  const functions = [...bare.matchAll(/(\w+)\s*\(/g)].map(([, name]) => name!.toLowerCase());
  if (functions.length < 2 || !functions.every((name) => STEADY.has(name))) return null;
  const places = new Set([...bare.matchAll(/\b(\w+)\.(\w+)/g)].map(([place]) => place));
  const [place] = places;
  const [alias, column] = place?.split('.') ?? [];
  if (places.size !== 1 || column !== 'data' || !recordAliases.has(alias!)) return null;
  return sql.replaceAll(place!, 'data');
}
