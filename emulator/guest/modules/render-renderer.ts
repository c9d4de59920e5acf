import type { Guest } from '../types';
import { isObject, optionsOf, requireArguments, scriptError } from './arguments';
import { customData, recordData, searchData, type RecordLike } from './render-data';
import { pdfOf } from './render-print';
import type { Data } from './template/model';
import { renderTemplate } from './template/render-template';

interface Mapped {
  run(): { asMappedResults(): Data[] };
}

/** A render.TemplateRenderer (page section_455028930663). */
export function templateRenderer(guest: Guest): object {
  const data: Data = {};
  const setTemplate =
    (method: string, name: 'id' | 'scriptId') =>
    (first: unknown): void => {
      const options = optionsOf(first, [name]);
      requireArguments(`TemplateRenderer.${method}`, options, [name]);
      renderer.templateContent = guest.syscall<string>('render.template', { id: String(options[name]) });
    };
  const renderer = {
    templateContent: '',
    addCustomDataSource(first: unknown, ...rest: unknown[]): void {
      const options = optionsOf(first, ['alias', 'format', 'data'], rest);
      requireArguments('TemplateRenderer.addCustomDataSource', options, ['alias', 'format', 'data']);
      data[String(options.alias)] = customData(options.format, options.data);
    },
    addQuery(first: unknown, ...rest: unknown[]): void {
      const options = optionsOf(first, ['templateName', 'query'], rest);
      requireArguments('TemplateRenderer.addQuery', options, ['templateName', 'query']);
      data[String(options.templateName)] = (options.query as Mapped).run().asMappedResults();
    },
    addRecord(first: unknown, ...rest: unknown[]): void {
      const options = optionsOf(first, ['templateName', 'record'], rest);
      requireArguments('TemplateRenderer.addRecord', options, ['templateName', 'record']);
      data[String(options.templateName)] = recordData(guest, options.record as RecordLike);
    },
    addSearchResults(first: unknown, ...rest: unknown[]): void {
      const options = optionsOf(first, ['templateName', 'searchResult'], rest);
      requireArguments('TemplateRenderer.addSearchResults', options, ['templateName', 'searchResult']);
      const results = options.searchResult as Parameters<typeof searchData>[0];
      data[String(options.templateName)] = searchData(Array.isArray(results) ? results : [results]);
    },
    setTemplateById: setTemplate('setTemplateById', 'id'),
    setTemplateByScriptId: setTemplate('setTemplateByScriptId', 'scriptId'),
    renderAsString(): string {
      if (renderer.templateContent === '')
        throw scriptError(
          'SSS_MISSING_REQD_ARGUMENT',
          'TemplateRenderer.renderAsString: Missing a required argument: templateContent',
        );
      return renderTemplate(renderer.templateContent, data);
    },
    renderAsPdf: (): object => pdfOf(guest, 'render.renderAsPdf', renderer.renderAsString()),
    renderToResponse(first: unknown): void {
      (responseOf(first) as { write(text: string): void }).write(renderer.renderAsString());
    },
    renderPdfToResponse(first: unknown): void {
      const pdf = pdfOf(guest, 'render.renderPdfToResponse', renderer.renderAsString());
      (responseOf(first) as { writeFile(file: object, isInline: boolean): void }).writeFile(pdf, true);
    },
    toString: () => 'render.TemplateRenderer',
  };
  return renderer;
}

const responseOf = (first: unknown): unknown => (isObject(first) && 'response' in first ? first.response : first);
