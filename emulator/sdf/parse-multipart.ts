/** One part of a multipart/form-data body. */
export interface FormPart {
  name: string;
  /** Set for an uploaded file. */
  fileName?: string;
  data: Buffer;
}

const CRLF = Buffer.from('\r\n\r\n');

/** Splits a multipart/form-data body; an empty list when the header names no boundary. */
export function parseMultipart(contentType: string, body: Buffer): FormPart[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const mark = Buffer.from(`--${boundary}`);
  const parts: FormPart[] = [];
  for (let at = body.indexOf(mark); at >= 0;) {
    const start = at + mark.length + 2;
    const next = body.indexOf(mark, start);
    if (next < 0) break;
    const part = body.subarray(start, next - 2);
    const split = part.indexOf(CRLF);
    const head = part.subarray(0, Math.max(split, 0)).toString('utf8');
    const name = /[; ]name="([^"]*)"/.exec(head)?.[1];
    const fileName = /[; ]filename="([^"]*)"/.exec(head)?.[1];
    if (split >= 0 && name !== undefined)
      parts.push({ name, ...(fileName === undefined ? {} : { fileName }), data: part.subarray(split + CRLF.length) });
    at = next;
  }
  return parts;
}
