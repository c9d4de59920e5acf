import { missingArgument, unsupported } from '../errors';
import type { Guest, ModuleFactory } from '../types';
import { enumOf, isObject, requireArguments, scriptError, type Options } from './arguments';
import type { FileState } from './file-object';
import { renderTemplate, type Data } from './template';

interface Fields {
  getFields(): string[];
  getValue(fieldId: string): unknown;
  getText(fieldId: string): unknown;
}

/** N/render (page section_4412042910): templates as text. Printed forms and PDFs throw by name. */
export const createRenderModule: ModuleFactory = (guest) => {
  const refuse = (name: string) => () => {
    throw unsupported(`render.${name}`);
  };
  return {
    DataSource: enumOf('JSON', 'OBJECT', 'XML_DOC', 'XML_STRING'),
    PrintMode: enumOf('DEFAULT', 'HTML', 'PDF'),
    create: () => templateRenderer(guest),
    bom: refuse('bom'),
    glImpact: refuse('glImpact'),
    mergeEmail: refuse('mergeEmail'),
    packingSlip: refuse('packingSlip'),
    pickingTicket: refuse('pickingTicket'),
    statement: refuse('statement'),
    transaction: refuse('transaction'),
    xmlToPdf: refuse('xmlToPdf'),
  };
};

function templateRenderer(guest: Guest): object {
  const data: Data = {};
  const refuse = (name: string) => () => {
    throw unsupported(`TemplateRenderer.${name}`);
  };
  const renderer = {
    templateContent: '',
    addCustomDataSource(options: Options): void {
      requireArguments('TemplateRenderer.addCustomDataSource', options ?? {}, ['alias', 'format', 'data']);
      data[String(options.alias)] = sourceOf(options.format, options.data);
    },
    addRecord(options: Options): void {
      requireArguments('TemplateRenderer.addRecord', options ?? {}, ['templateName', 'record']);
      data[String(options.templateName)] = recordData(options.record as Fields);
    },
    addSearchResults(options: Options): void {
      requireArguments('TemplateRenderer.addSearchResults', options ?? {}, ['templateName', 'searchResult']);
      const results = options.searchResult as {
        id: string;
        columns: { name: string }[];
        getValue(column: object): unknown;
      }[];
      data[String(options.templateName)] = results.map((result) => ({
        id: result.id,
        ...Object.fromEntries(result.columns.map((c) => [c.name, result.getValue(c)])),
      }));
    },
    setTemplateById(options: Options): void {
      if (options?.id === undefined || options.id === null)
        throw missingArgument('TemplateRenderer.setTemplateById', 'id');
      const file = guest.syscall<FileState & Record<string, never>>('file.load', { id: Number(options.id) });
      renderer.templateContent = guest.syscall<string>('file.contents', { id: file.id });
    },
    renderAsString(): string {
      if (renderer.templateContent === '')
        throw scriptError(
          'SSS_MISSING_REQD_ARGUMENT',
          'TemplateRenderer.renderAsString: Missing a required argument: templateContent',
        );
      return renderTemplate(renderer.templateContent, data);
    },
    renderToResponse(first: unknown): void {
      const response = isObject(first) && 'response' in first ? first.response : first;
      (response as { write(text: string): void }).write(renderer.renderAsString());
    },
    addQuery: refuse('addQuery'),
    renderAsPdf: refuse('renderAsPdf'),
    renderPdfToResponse: refuse('renderPdfToResponse'),
    setTemplateByScriptId: refuse('setTemplateByScriptId'),
    toString: () => 'render.TemplateRenderer',
  };
  return renderer;
}

function sourceOf(format: unknown, data: unknown): unknown {
  if (format === 'OBJECT') return data;
  if (format === 'JSON') return typeof data === 'string' ? JSON.parse(data) : data;
  throw unsupported(`TemplateRenderer.addCustomDataSource of format ${String(format)}`);
}

/** Templates see what people see: the text of selects, the value of everything else. */
function recordData(record: Fields): Data {
  return Object.fromEntries(
    record.getFields().map((id) => {
      const value = record.getValue(id);
      const text = typeof value === 'string' && value !== '' ? record.getText(id) : value;
      return [id, text === undefined || text === null || text === '' ? value : text];
    }),
  );
}
