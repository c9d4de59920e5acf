type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

/** JSON with sorted keys and without absent values: equal content gives equal text, whatever order it was built in. */
export function canonicalJson(value: Json): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}
