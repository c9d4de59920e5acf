import { missingArgument } from '../errors';
import { isObject, optionsOf, readOnly, scriptError, wrongType, type Options } from '../modules/arguments';
import type { FileState } from '../modules/file-object';
import type * as PageHtml from '../modules/widget/page-html';
import type { Guest } from '../types';

/** Evaluated at its first use: few requests write a page. */
declare const require: (path: string) => unknown;

export interface ResponseData {
  status: number;
  headers: Record<string, string[]>;
  body: string;
  redirect: string | null;
  /** Body is base64. */
  binary?: boolean;
  /** Type of the file that was written: the account adds its Content-Type. */
  fileType?: string;
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What a value may hold (RFC 9110, 5.5): a line break would begin a header of its own. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Set by the server itself. */
const RESERVED = new Set([
  'connection',
  'content-length',
  'date',
  'server',
  'transfer-encoding',
  'set-cookie',
  'keep-alive',
  'trailer',
  'upgrade',
  'via',
  'allow',
  'location',
]);

/** https.ServerResponse (page section_4314609319). */
export function createServerResponse(guest: Guest, data: ResponseData): object {
  const text = (method: string, first: unknown): string => {
    const { output } = optionsOf(first, ['output']);
    if (output === undefined || output === null) throw missingArgument(`ServerResponse.${method}`, 'output');
    if (typeof output !== 'string') throw wrongType('output', 'string');
    return output;
  };
  const header = (method: string, options: Options): [string, string] => {
    for (const name of ['name', 'value'])
      if (options?.[name] === undefined || options[name] === null)
        throw missingArgument(`ServerResponse.${method}`, name);
    const name = String(options.name);
    const value = String(options.value);
    if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value) || RESERVED.has(name.toLowerCase()))
      throw scriptError('SSS_INVALID_HEADER', 'One or more headers are not valid.');
    return [name, value];
  };
  const response = {
    write: (first: unknown) => void (data.body += text('write', first)),
    writeLine: (first: unknown) => void (data.body += `${text('writeLine', first)}\n`),
    writeFile: (first: unknown, isInline?: unknown) => writeFile(guest, data, first, isInline),
    writePage: (first: unknown) => writePage(guest, data, first),
    renderPdf: (first: unknown) => {
      const { xmlString } = optionsOf(first, ['xmlString']);
      if (xmlString === undefined || xmlString === null) throw missingArgument('ServerResponse.renderPdf', 'xmlString');
      const render = guest.module<{ xmlToPdf(options: object): object }>('N/render');
      writeFile(guest, data, render.xmlToPdf({ xmlString }), true);
    },
    setHeader(options: Options): void {
      const [name, value] = header('setHeader', options);
      data.headers[name] = [value];
    },
    addHeader(options: Options): void {
      const [name, value] = header('addHeader', options);
      (data.headers[name] ??= []).push(value);
    },
    getHeader(options: Options): string | string[] | null {
      if (options?.name === undefined) throw missingArgument('ServerResponse.getHeader', 'name');
      const found = data.headers[String(options.name)];
      return found === undefined ? null : found.length === 1 ? (found[0] ?? null) : found;
    },
    setCdnCacheable(options: Options): void {
      if (options?.type === undefined) throw missingArgument('ServerResponse.setCdnCacheable', 'type');
    },
    sendRedirect: (options: Options) => void (data.redirect = resolved(guest, options)),
    toString: () => 'http.ServerResponse',
    toJSON: () => ({ headers: data.headers }),
  };
  readOnly(response, '', {
    headers: () =>
      Object.fromEntries(
        Object.entries(data.headers).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
      ),
  });
  return response;
}

/** A serverWidget form or list, or a page as text (page section_4321345532). */
function writePage(guest: Guest, data: ResponseData, first: unknown): void {
  const pageObject = isObject(first) && 'pageObject' in first ? first.pageObject : first;
  if (pageObject === undefined || pageObject === null) throw missingArgument('ServerResponse.writePage', 'pageObject');
  const { pageHtml } = require('../modules/widget/page-html') as typeof PageHtml;
  const html =
    typeof pageObject === 'string' ? pageObject : pageHtml(pageObject, (value, type) => dateText(guest, value, type));
  if (html === undefined) throw wrongType('pageObject', 'serverWidget.Form');
  data.body += html;
  data.headers['Content-Type'] ??= ['text/html'];
}

/** A date in the account's format, as the browser would show it. */
function dateText(guest: Guest, value: Date, type: string): string {
  const { format } = guest.module<{ format: (options: object) => string }>('N/format');
  return format({
    value,
    type: type.startsWith('DATETIME') ? 'datetime' : type === 'TIMEOFDAY' ? 'timeofday' : 'date',
  });
}

function writeFile(guest: Guest, data: ResponseData, first: unknown, second: unknown): void {
  const states = guest.bridges.fileStates as WeakMap<object, FileState> | undefined;
  const isFile = isObject(first) && states?.has(first) === true;
  const { file, isInline } = isFile
    ? { file: first, isInline: second }
    : optionsOf(first, ['file', 'isInline'], [second]);
  if (file === undefined || file === null) throw missingArgument('ServerResponse.writeFile', 'file');
  const state = states?.get(file);
  if (!state) throw wrongType('file', 'file.File');
  const written = file as { getContents(): string; isText: boolean };
  data.body = written.getContents();
  data.binary = !written.isText;
  data.fileType = state.fileType;
  data.headers['Content-Disposition'] = [
    `${isInline === true ? 'inline' : 'attachment'};${fileNameParameter(state.name)}`,
  ];
}

/** A header holds Latin-1: any other name goes beside a plain one in the form of RFC 6266. */
function fileNameParameter(name: string): string {
  const plain = name.replace(/[^\x20-\x7e\xa0-\xff]|["\\]/g, '_');
  return `filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${encodeURIComponent(name)}`}`;
}

interface UrlModule {
  resolveScript(options: object): string;
  resolveRecord(options: object): string;
  resolveTaskLink(options: object): string;
}

/** The same refusals have other names here than in N/url (page section_4315616450). */
function resolved(guest: Guest, options: Options): string {
  try {
    return redirectUrl(guest, options);
  } catch (error) {
    const { name, message } = error as { name: string; message: string };
    if (name === 'INVALID_ID') throw scriptError('SSS_INVALID_SCRIPT_ID_1', message);
    if (name === 'INVALID_RCRD_TYPE')
      throw scriptError(
        'SSS_INVALID_RECORD_TYPE',
        `Type argument ${String(options.identifier)} is not a valid record or is not available in your account. Please see the documentation for a list of supported record types.`,
      );
    throw error;
  }
}

/** Where `sendRedirect` leads, by the resource's type (page section_4315616450). */
function redirectUrl(guest: Guest, options: Options): string {
  for (const name of ['type', 'identifier'])
    if (options?.[name] === undefined || options[name] === null)
      throw missingArgument('ServerResponse.sendRedirect', name);
  const url = guest.module<UrlModule>('N/url');
  const { type, identifier, id, parameters, editMode } = options;
  switch (type) {
    case 'SUITELET':
    case 'RESTLET':
      return url.resolveScript({ scriptId: identifier, deploymentId: id, params: parameters });
    case 'RECORD':
      return url.resolveRecord({
        recordType: identifier,
        recordId: id,
        isEditMode: editMode === true,
        params: parameters,
      });
    case 'TASKLINK':
      return url.resolveTaskLink({ id: identifier, params: parameters });
    case 'MEDIAITEM':
      return `/core/media/media.nl?id=${String(identifier)}`;
    default:
      throw scriptError(
        'SSS_INVALID_URL_CATEGORY',
        `The options.type: ${String(type)} is not valid. Please use http.RedirectType for supported types.`,
      );
  }
}
