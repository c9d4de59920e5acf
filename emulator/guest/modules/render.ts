import { missingArgument, unsupported } from '../errors';
import type { Guest, ModuleFactory } from '../types';
import { enumOf, isObject, optionsOf, readOnly, requireArguments, wrongType, type Options } from './arguments';
import { recordData } from './render-data';
import { pdfOf, printedRecord, printStatement, printTransaction } from './render-print';
import { templateRenderer } from './render-renderer';
import type { Data } from './template/model';
import { renderTemplate } from './template/render-template';

/** N/render (page section_4412042824): templates in FreeMarker, printed records and PDFs of plain layout, merged e-mails. */
export const createRenderModule: ModuleFactory = (guest) => ({
  DataSource: enumOf('JSON', 'OBJECT', 'XML_DOC', 'XML_STRING'),
  PrintMode: enumOf('DEFAULT', 'HTML', 'PDF'),
  create: () => templateRenderer(guest),
  bom: (options: Options) => printTransaction(guest, { api: 'render.bom', title: 'Bill of Materials' }, options),
  packingSlip: (options: Options) =>
    printTransaction(guest, { api: 'render.packingSlip', title: 'Packing Slip' }, options),
  pickingTicket: (options: Options) =>
    printTransaction(guest, { api: 'render.pickingTicket', title: 'Picking Ticket' }, options),
  transaction: (options: Options) => printTransaction(guest, { api: 'render.transaction' }, options),
  statement: (options: Options) => printStatement(guest, options),
  mergeEmail: (options: Options) => mergeEmail(guest, options),
  xmlToPdf: (first: unknown) => {
    const options = optionsOf(first, ['xmlString']);
    requireArguments('render.xmlToPdf', options, ['xmlString']);
    if (typeof options.xmlString !== 'string') throw wrongType('xmlString', 'string');
    return pdfOf(guest, 'render.xmlToPdf', options.xmlString);
  },
  glImpact: () => {
    throw unsupported('render.glImpact');
  },
});

/** Which record of a merge stands under which names in the template. */
const MERGED: [option: string, names: string[]][] = [
  ['entity', ['entity']],
  ['recipient', ['recipient']],
  ['customRecord', []],
];

/** render.mergeEmail (page section_4412042824): an e-mail template over the records of the call. */
function mergeEmail(guest: Guest, options: Options): object {
  if (!isObject(options)) throw missingArgument('render.mergeEmail', 'options');
  requireArguments('render.mergeEmail', options, ['templateId']);
  const template = printedRecord(guest, 'render.mergeEmail', { type: 'emailtemplate', id: String(options.templateId) });
  const data: Data = {};
  const add = (names: string[], which: object): void => {
    const record = recordData(guest, printedRecord(guest, null, which));
    for (const name of names) data[name] = record;
  };
  for (const [option, names] of MERGED) {
    const given = options[option] as { type?: unknown; id?: unknown } | undefined | null;
    if (given?.type === undefined || given.id === undefined) continue;
    add([...names, String(given.type).toLowerCase()], { type: String(given.type), id: String(given.id) });
  }
  const { transactionId, supportCaseId } = options;
  if (transactionId !== undefined && transactionId !== null)
    add(['transaction'], { group: 'transaction', id: String(transactionId) });
  if (supportCaseId !== undefined && supportCaseId !== null)
    add(['case', 'supportcase'], { type: 'supportcase', id: String(supportCaseId) });
  const text = (id: string): string => renderTemplate(String(template.getValue(id) ?? ''), data);
  const merged = { subject: text('subject'), body: text('content') };
  const result = { toString: () => 'render.EmailMergeResult', toJSON: () => ({ ...merged }) };
  readOnly(result, 'EmailMergeResult', { subject: () => merged.subject, body: () => merged.body });
  return result;
}
