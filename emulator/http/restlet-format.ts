export type RestletFormat = 'json' | 'xml' | 'text' | 'none';

const TYPES: Record<Exclude<RestletFormat, 'none'>, string> = {
  json: 'application/json;charset=utf-8',
  xml: 'application/xml;charset=utf-8',
  text: 'text/plain;charset=utf-8',
};

/** The format a Content-Type header asks for; undefined when RESTlets do not know it (page section_4619215993). Values are case-sensitive. */
export function formatOf(contentType: string | undefined): RestletFormat | undefined {
  if (contentType === undefined || contentType === '') return 'none';
  switch (contentType.split(';')[0]?.trim()) {
    case 'application/json':
      return 'json';
    case 'application/xml':
    case 'text/xml':
      return 'xml';
    case 'text/plain':
      return 'text';
    default:
      return undefined;
  }
}

/** A response mirrors the request's type; without one it is plain text. */
export const contentTypeOf = (format: RestletFormat): string => TYPES[format === 'none' ? 'text' : format];
