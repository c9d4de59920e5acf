import { SuiteScriptError } from '../errors';
import type { Adapter, JsonObject } from '../types';

/** Content types a RESTlet may be called with; `none` is a GET or DELETE without the header. */
export type RestletFormat = 'json' | 'xml' | 'text' | 'none';

export interface RestletOutput {
  content: string;
  contentType?: string;
}

/**
 * Calls `get`, `delete`, `post` or `put` and turns its return value into the body, by the request's content type:
 * text and no content type want a string back, JSON and XML take objects too (pages section_4619215993, section_4634920277).
 */
export const callRestlet: Adapter = async (call, guest) => {
  const input = call.input as JsonObject;
  const returned = await call.script[call.entry]?.(input.argument);
  const response = guest.bridges.restletResponse as ((value: unknown) => RestletOutput | undefined) | undefined;
  return response?.(returned) ?? body(returned, input.format as RestletFormat);
};

function body(value: unknown, format: RestletFormat): RestletOutput {
  if (value === undefined || value === null) return { content: '' };
  if (typeof value === 'string') return { content: format === 'json' ? JSON.stringify(value) : value };
  if (format === 'text' || format === 'none') {
    throw new SuiteScriptError({
      name: 'INVALID_RETURN_DATA_FORMAT',
      message: 'Invalid data format. You should return TEXT.',
    });
  }
  return { content: JSON.stringify(value) ?? '' };
}
