import { closeSync, openSync, writeSync } from 'node:fs';
import { MOST_LISTED } from './propose-links';
import type { PreflightReport } from './run-preflight';

const HEAD = ['system', 'object', 'id', 'name', 'finding', 'what', 'with'] as const;
type Row = Record<(typeof HEAD)[number], string>;

/** Quoted as RFC 4180 asks; a text that a spreadsheet would take for a formula is marked as text. */
export function csvLine(cells: readonly string[]): string {
  const safe = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
  return `${safe.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(',')}\r\n`;
}

/** A table with one line for each finding about each record; written as it comes, so that its size is nobody's memory. */
export class FindingsFile {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
    // The mark by which spreadsheets know the encoding.
    writeSync(this.#file, `\uFEFF${csvLine(HEAD)}`);
  }

  add(row: Partial<Row>): void {
    writeSync(this.#file, csvLine(HEAD.map((name) => row[name] ?? '')));
  }

  /** Duplicates and pairs of an object that was read. */
  addReport({ object, duplicatesInCrm, duplicatesInNetSuite, links }: PreflightReport): void {
    const doubled = (system: string, list: PreflightReport['duplicatesInCrm']): void => {
      for (const { by, value, ids } of list)
        for (const id of ids)
          this.add({ system, object, id, finding: 'duplicate', what: `same ${by}: ${value}`, with: others(ids, id) });
    };
    doubled('CRM', duplicatesInCrm);
    doubled('NetSuite', duplicatesInNetSuite);
    for (const { crmId, crmName, internalId, netsuiteName, by, confidence } of links?.proposals ?? [])
      this.add({
        system: 'CRM',
        object,
        id: crmId,
        name: crmName,
        finding: confidence === 'sure' ? 'will be linked' : 'may be the same: decide',
        what: `same ${by}: ${netsuiteName}`,
        with: internalId,
      });
    for (const { crmId, crmName, internalIds, fits, by } of links?.ambiguous ?? [])
      this.add({
        system: 'CRM',
        object,
        id: crmId,
        name: crmName,
        finding: 'several may be the same: decide',
        what: `same ${by}`,
        with: listed(internalIds, fits),
      });
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** The first ids of a list, and how many more there are: each of 5,000 namesakes does not name the other 4,999. */
const listed = (ids: readonly string[], all: number): string =>
  [...ids, ...(all > ids.length ? [`and ${all - ids.length} more`] : [])].join(' ');

const others = (ids: readonly string[], id: string): string =>
  listed(
    ids
      .slice(0, MOST_LISTED + 1)
      .filter((one) => one !== id)
      .slice(0, MOST_LISTED),
    ids.length - 1,
  );
