/** Rows of a CSV text with a header, RFC 4180: quotes double, line ends inside quotes belong to the value. */
export function readCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let value = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]!;
    if (quoted) {
      if (letter !== '"') value += letter;
      else if (text[at + 1] === '"') {
        value += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',') {
      rows.at(-1)!.push(value);
      value = '';
    } else if (letter === '\n') {
      rows.at(-1)!.push(value.replace(/\r$/, ''));
      value = '';
      rows.push([]);
    } else value += letter;
  }
  if (value !== '' || rows.at(-1)!.length > 0) rows.at(-1)!.push(value);
  const [head = [], ...body] = rows.filter((row) => row.length > 0);
  return body.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ''])));
}

export function writeCsv(columns: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]): string {
  const quote = (value: unknown): string =>
    `"${(typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value)).replaceAll('"', '""')}"`;
  return [columns, ...rows.map((row) => columns.map((name) => row[name]))]
    .map((cells) => `${cells.map(quote).join(',')}\n`)
    .join('');
}
