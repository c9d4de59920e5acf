import { localise } from './localise';
import { contentTypeOf, type RestletFormat } from './restlet-format';

export interface ErrorBody {
  type: string;
  text: string;
}

/**
 * An error as RESTlets answer it, in the format of the request, with the spaces that the real bytes have (page section_4634920277).
 * `language`: for accounts whose messages are not English; codes never change.
 */
export function errorBody(format: RestletFormat, code: string, message: string, language?: string): ErrorBody {
  const text = localise(message, language);
  return { type: contentTypeOf(format), text: render(format, code, text) };
}

function render(format: RestletFormat, code: string, message: string): string {
  switch (format) {
    case 'json':
      return `{"error" : {"code" : ${JSON.stringify(code)}, "message" : ${JSON.stringify(message)}}}`;
    case 'xml':
      return `<error>\n <code>${escapeXml(code)}</code>\n <message>${escapeXml(message)}</message>\n</error>`;
    default:
      return `error code: ${code}\nerror message: ${message}`;
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeXml = (text: string): string => text.replace(/[&<>]/g, (char) => ENTITIES[char] ?? char);
