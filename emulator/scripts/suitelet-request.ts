import type { HttpExchange } from '../kernel/types';
import { fileTypeOf, isBinary } from '../modules/file-types';
import { parseMultipart } from '../sdf/parse-multipart';
import type { SuiteletRequest } from './serve-suitelet';

/** A script that calls a Suitelet of its own account by HTTP tells how many calls led to it. */
export const DEPTH_HEADER = 'x-emulator-depth';

/** A browser's request as `context.request` shows it: parameters of the URL and of a posted form together, uploads as files. */
export function suiteletRequest({ method, url, headers, body }: HttpExchange): SuiteletRequest {
  const type = headers['content-type'] ?? '';
  const form = formFields({ 'content-type': type }, body.toString('utf8'));
  const { fields, files } = type.startsWith('multipart/form-data') ? uploaded(type, body) : { fields: {}, files: {} };
  return {
    method,
    url: url.href,
    headers: Object.fromEntries(
      Object.entries(headers).filter((h): h is [string, string] => h[1] !== undefined && h[0] !== DEPTH_HEADER),
    ),
    parameters: { ...Object.fromEntries(url.searchParams), ...form, ...fields },
    files,
    body: type.startsWith('multipart/form-data') ? '' : body.toString('utf8'),
    clientIpAddress: '127.0.0.1',
  };
}

/** What a posted form holds; nothing when the body is of another kind. */
export function formFields(headers: Record<string, string>, body: string): Record<string, string> {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return type.startsWith('application/x-www-form-urlencoded') ? Object.fromEntries(new URLSearchParams(body)) : {};
}

/** A file field that was left empty arrives as a part without a name or content: no file. */
function uploaded(
  contentType: string,
  body: Buffer,
): Required<Pick<SuiteletRequest, 'files'>> & { fields: Record<string, string> } {
  const fields: Record<string, string> = {};
  const files: NonNullable<SuiteletRequest['files']> = {};
  for (const { name, fileName, data } of parseMultipart(contentType, body)) {
    if (fileName === undefined) fields[name] = data.toString('utf8');
    else if (fileName !== '') {
      const fileType = fileTypeOf(fileName);
      files[name] = { name: fileName, fileType, contents: data.toString(isBinary(fileType) ? 'base64' : 'utf8') };
    }
  }
  return { fields, files };
}
