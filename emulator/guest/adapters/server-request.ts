import { optionsOf, readOnly, requireArguments } from '../modules/arguments';
import { unsavedFile } from '../modules/unsaved-file';
import type { Guest } from '../types';

/** A request as the account received it. Names of parameters and headers as they came. */
export interface RequestData {
  method: string;
  url: string;
  headers: Record<string, string>;
  parameters: Record<string, string>;
  files?: Record<string, { name: string; fileType: string; contents: string }>;
  body: string;
  clientIpAddress: string;
}

/** How forms post a sublist: `<id>fields` names its columns, `<id>data` holds the lines. */
const COLUMN_MARK = '\u0001';
const LINE_MARK = '\u0002';

const linesOf = ({ parameters }: RequestData, group: string): string[] | undefined => {
  const data = parameters[`${group}data`];
  return data === undefined ? undefined : data === '' ? [] : data.split(LINE_MARK);
};

/** https.ServerRequest (page section_4314608702). */
export function createServerRequest(guest: Guest, data: RequestData): object {
  const request = {
    /** -1 without such a sublist. */
    getLineCount(first: unknown): number {
      const options = optionsOf(first, ['group']);
      requireArguments('ServerRequest.getLineCount', options, ['group']);
      return linesOf(data, String(options.group))?.length ?? -1;
    },
    getSublistValue(first: unknown, ...rest: unknown[]): string | null {
      const options = optionsOf(first, ['group', 'name', 'line'], rest);
      requireArguments('ServerRequest.getSublistValue', options, ['group', 'name', 'line']);
      const group = String(options.group);
      const line = linesOf(data, group)?.[Number(options.line)];
      const column = (data.parameters[`${group}fields`] ?? '').split(COLUMN_MARK).indexOf(String(options.name));
      return line === undefined || column < 0 ? null : (line.split(COLUMN_MARK)[column] ?? null);
    },
    toString: () => 'http.ServerRequest',
    toJSON: () => data,
  };
  let files: Record<string, object> | undefined;
  readOnly(request, '', {
    method: () => data.method,
    url: () => data.url,
    headers: () => data.headers,
    parameters: () => data.parameters,
    body: () => data.body,
    clientIpAddress: () => data.clientIpAddress,
    files: () => (files ??= filesOf(guest, data)),
  });
  return request;
}

/** Uploads are files that are not stored yet: the script gives them a folder and saves them. */
function filesOf(guest: Guest, { files = {} }: RequestData): Record<string, object> {
  return Object.fromEntries(Object.entries(files).map(([field, file]) => [field, unsavedFile(guest, file)]));
}
