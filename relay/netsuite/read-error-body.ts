import * as z from 'zod';

const errorBodySchema = z.object({ error: z.object({ code: z.string(), message: z.string().default('') }) });
const oauthErrorSchema = z.object({ error: z.string(), error_description: z.string().optional() });
const scriptErrorSchema = z.object({ name: z.string(), message: z.string() });

export interface ErrorBody {
  code: string;
  message: string;
}

/**
 * Code and message of an error answer, in any of the forms NetSuite uses: JSON, JSON whose message is itself the JSON of a script's
 * error, plain text, an OAuth error. Codes decide; messages are localised. Answers null when the body is none of these.
 */
export function readErrorBody(text: string): ErrorBody | null {
  const json = parseJson(text);
  const restlet = errorBodySchema.safeParse(json);
  if (restlet.success) return unwrap(restlet.data.error);
  const oauth = oauthErrorSchema.safeParse(json);
  if (oauth.success) return { code: oauth.data.error, message: oauth.data.error_description ?? oauth.data.error };
  const plain = /^error code:\s*(\S+)\s*\nerror message:\s*([\s\S]*)$/i.exec(text.trim());
  return plain ? unwrap({ code: plain[1] ?? '', message: plain[2] ?? '' }) : null;
}

function unwrap(error: ErrorBody): ErrorBody {
  const inner = scriptErrorSchema.safeParse(parseJson(error.message));
  return inner.success ? { code: inner.data.name, message: inner.data.message } : error;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
