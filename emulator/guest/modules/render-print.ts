import { missingArgument } from '../errors';
import type { Guest } from '../types';
import { isObject, scriptError, type Options } from './arguments';
import { recordData, type RecordLike } from './render-data';
import { Shown, type Data } from './template/model';
import { parseDocument } from './xml-parse';

/** A file that is not stored yet, as N/file makes it. */
function newFile(guest: Guest, name: string, fileType: string, contents: string): object {
  const { create } = guest.module<{ create: (options: object) => object }>('N/file');
  return create({ name, fileType, contents });
}

/** A PDF out of XML as BFO takes it: its texts line by line, without its layout. 10 units by the name of the call. */
export function pdfOf(guest: Guest, api: string, xml: string, name = 'Untitled.pdf'): object {
  checkXml(xml);
  return newFile(guest, name, 'PDF', guest.syscall<string>('render.pdf', { api, markup: xml }));
}

/** NetSuite's PDF engine takes well-formed XML only. */
function checkXml(xml: string): void {
  try {
    // Entities of HTML are known to the engine's own document type.
    parseDocument(xml.replace(/&(?!amp;|lt;|gt;|quot;|apos;)[a-z]+;/gi, ' ').trim());
  } catch (error) {
    throw scriptError('USER_ERROR', `Error Parsing XML: ${(error as { message?: string }).message ?? ''}`);
  }
}

interface Printed {
  api: string;
  /** What its name and heading begin with; the record's own kind when left out. */
  title?: string;
}

/** render.transaction, packingSlip, pickingTicket, bom (page section_4412042824): one transaction as PDF or HTML. */
export function printTransaction(guest: Guest, { api, title }: Printed, options: Options): object {
  const id = entityId(api, options);
  const record = printedRecord(guest, api, { group: 'transaction', id });
  const data = recordData(guest, record);
  const heading = title ?? record.typeLabel;
  return printed(
    guest,
    options,
    `${heading.replace(/\s+/g, '')}_${String(data.tranid ?? id)}`,
    formOf(`${heading} #${String(data.tranid ?? id)}`, data),
  );
}

/** render.statement (page section_4412042824): what the customer owes by its open documents. */
export function printStatement(guest: Guest, options: Options): object {
  const api = 'render.statement';
  const id = entityId(api, options);
  const record = printedRecord(guest, api, { group: 'entity', id });
  const data = recordData(guest, record);
  data.statement = guest.syscall<unknown>('render.openDocuments', { entity: id });
  return printed(guest, options, `Statement_${id}`, formOf(`Statement ${String(data.entityid ?? id)}`, data));
}

function entityId(api: string, options: Options): string {
  if (!isObject(options) || options.entityId === undefined || options.entityId === null || options.entityId === '')
    throw missingArgument(api, 'entityId');
  return String(options.entityId);
}

type Opened = RecordLike & { typeLabel: string };

/** The record as it is, without the units of record.load; `api` is billed where one is given. */
export function printedRecord(guest: Guest, api: string | null, which: object): Opened {
  guest.module('N/record');
  const { record, label } = guest.bridges.record!.open('record.print', { ...which, api });
  return Object.assign(Object.create(record) as RecordLike, { typeLabel: label, ...methodsOf(record as RecordLike) });
}

/** Bound, because records keep their state private. */
const methodsOf = (record: RecordLike): RecordLike =>
  ({
    getFields: () => record.getFields(),
    getValue: (id) => record.getValue(id),
    getText: (id) => record.getText(id),
    getField: (id) => record.getField(id),
    getSublists: () => record.getSublists(),
    getLineCount: (options) => record.getLineCount(options),
    getSublistFields: (options) => record.getSublistFields(options),
    getSublistValue: (options) => record.getSublistValue(options),
    getSublistText: (options) => record.getSublistText(options),
    getSublistField: (options) => record.getSublistField(options),
  }) satisfies RecordLike;

function printed(guest: Guest, options: Options, name: string, html: string): object {
  if (options.printMode === 'HTML') return newFile(guest, `${name}.html`, 'HTMLDOC', html);
  return newFile(guest, `${name}.pdf`, 'PDF', guest.syscall<string>('render.pdf', { api: null, markup: html }));
}

const shown = (value: unknown): string => escapeHtml(value instanceof Shown ? value.text : String(value));

const escapeHtml = (text: string): string =>
  text.replace(/[&<>]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[char] ?? char);

/** A plain form: every field that holds something, then the lines of every sublist. The layout is ours, not NetSuite's. */
function formOf(heading: string, data: Data): string {
  const label = (from: Data, id: string): string => escapeHtml(String(from[`${id}@label`] || id));
  const filled = (from: Data): string[] =>
    Object.keys(from).filter((id) => !id.endsWith('@label') && from[id] !== '' && !Array.isArray(from[id]));
  const rows = filled(data).map((id) => `<tr><td>${label(data, id)}</td><td>${shown(data[id])}</td></tr>`);
  const lists = Object.entries(data).flatMap(([id, lines]) => {
    if (!Array.isArray(lines) || lines.length === 0) return [];
    const texts = (lines as Data[]).map((line) =>
      filled(line).map((field) => `${label(line, field)}: ${shown(line[field])}`),
    );
    return [`<h2>${escapeHtml(id)}</h2>`, ...texts.map((cells) => `<p>${cells.join(', ')}</p>`)];
  });
  return `<html><body><h1>${escapeHtml(heading)}</h1><table>${rows.join('')}</table>${lists.join('')}</body></html>`;
}
