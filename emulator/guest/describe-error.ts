import { scriptFrames } from './errors';

/**
 * A thrown value as the account gets to know it. `json` is the text a RESTlet answers in `message` for SuiteScript errors: the capture of one
 * (docs/emulator.md) shows an empty id where the script's own object has null.
 */
export interface ThrownError {
  name: string;
  message: string;
  stack?: string[];
  json?: string;
  /** True for the language's own errors (`TypeError` …) and for thrown strings. */
  native?: boolean;
}

export function describeError(thrown: unknown): ThrownError {
  if (thrown === null || typeof thrown !== 'object')
    return { name: 'UNEXPECTED_ERROR', message: String(thrown), native: true };
  const error = thrown as { name?: unknown; message?: unknown; stack?: unknown; type?: unknown };
  const name = typeof error.name === 'string' && error.name !== '' ? error.name : 'UNEXPECTED_ERROR';
  const message = typeof error.message === 'string' ? error.message : safeText(thrown);
  if (typeof error.type === 'string' && error.type.startsWith('error.')) {
    return {
      name,
      message,
      stack: Array.isArray(error.stack) ? error.stack.map(String) : [],
      json: wireText(thrown),
    };
  }
  const stack = typeof error.stack === 'string' ? [`${name}: ${message}`, ...scriptFrames(error.stack)] : [];
  return { name, message, stack, native: true };
}

function wireText(thrown: object): string {
  const { toJSON } = thrown as { toJSON?: () => object };
  const shown = (typeof toJSON === 'function' ? toJSON.call(thrown) : thrown) as { id?: unknown };
  return JSON.stringify(shown.id === null ? { ...shown, id: '' } : shown);
}

function safeText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
