import type { Account, LineData, RecordData, TypeMeta } from '../kernel/types';

/** Sublists whose lines have a line id and a key that is unique across all transactions. */
const KEYED = new Set(['item', 'expense', 'line', 'itemcost', 'expcost', 'time', 'inventory', 'component']);

const highest = (lines: LineData[]): number => Math.max(0, ...lines.map((line) => Number(line.fields.line ?? 0)));

/**
 * Line ids are given once, never change and are never given again while the record has the line; `lineuniquekey` is unique in the account;
 * `linenumber` is the position. Counters on the record remember ids of removed lines.
 */
export function assignLineIds(account: Account, meta: TypeMeta, record: RecordData): void {
  for (const [sublist, lines] of Object.entries(record.sublists)) {
    if (meta.group === 'transaction' && KEYED.has(sublist)) keyLines(account, record, sublist, lines);
    else if (sublist === 'addressbook') numberAddresses(account, lines);
    else if (sublist === 'uom') for (const { fields } of lines) fields.internalid ??= account.store.next('unit');
  }
}

function keyLines(account: Account, record: RecordData, sublist: string, lines: LineData[]): void {
  const counter = `lastline_${sublist}`;
  let last = Math.max(highest(lines), Number(record.fields[counter] ?? 0));
  lines.forEach((line, index) => {
    if (line.fields.line === undefined || line.fields.line === null) line.fields.line = ++last;
    line.fields.lineuniquekey ??= account.store.next('lineuniquekey');
    line.fields.linenumber = index + 1;
  });
  record.fields[counter] = last;
}

function numberAddresses(account: Account, lines: LineData[]): void {
  for (const line of lines) {
    const id =
      line.fields.internalid ?? line.fields.addressid ?? line.fields.id ?? String(account.store.next('addressbook'));
    line.fields.internalid = String(id);
    line.fields.id = line.fields.internalid;
    line.fields.addressid ??= line.fields.internalid;
    delete line.fields.addressbookaddress_text;
  }
  keepOneDefault(lines, 'defaultbilling');
  keepOneDefault(lines, 'defaultshipping');
}

/** The last line that claims to be the default is it. */
function keepOneDefault(lines: LineData[], field: string): void {
  const claims = lines.filter((line) => line.fields[field] === true);
  for (const line of claims.slice(0, -1)) line.fields[field] = false;
}
