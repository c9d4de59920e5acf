/**
 * SuiteScriptError: what a script catches. It is no subclass of Error (`instanceof Error === false`); `toString()` is its JSON.
 * Built-in errors carry a `cause` of type "internal error"; those of `error.create` carry a copy of what was given.
 */
export interface SuiteScriptErrorData {
  name: string;
  message: string;
  id?: string | null;
  notifyOff?: boolean;
  userFacing?: boolean;
  cause?: unknown;
  /** For an error that came through a User Event: that script's id. */
  userEvent?: string | null;
}

export class SuiteScriptError {
  readonly type: string;
  name: string;
  message: string;
  stack: string[];
  cause: unknown;
  id: string | null;
  notifyOff: boolean;
  userFacing: boolean;

  constructor(data: SuiteScriptErrorData, type = 'error.SuiteScriptError') {
    this.type = type;
    this.name = data.name;
    this.message = data.message;
    this.stack = stackOf(data);
    this.cause = data.cause ?? builtInCause(data, this.stack);
    this.id = data.id === undefined ? '' : data.id;
    this.notifyOff = data.notifyOff ?? false;
    this.userFacing = data.userFacing ?? true;
  }

  toJSON(): object {
    const { type, name, message, stack, cause, id, notifyOff, userFacing } = this;
    return { type, name, message, stack, cause, id, notifyOff, userFacing };
  }

  toString(): string {
    return JSON.stringify(this);
  }
}

const builtInCause = (data: SuiteScriptErrorData, stackTrace: string[]): object => ({
  type: 'internal error',
  code: data.name,
  details: data.message,
  userEvent: data.userEvent ?? null,
  stackTrace,
  notifyOff: data.notifyOff ?? false,
});

const stackOf = (data: SuiteScriptErrorData): string[] => [
  'Error',
  ...scriptFrames(new Error(data.message).stack ?? ''),
];

export const isScriptFrame = (line: string): boolean =>
  /^\s*at .*\/(?:SuiteScripts|SuiteApps|SuiteBundles|\.bundle)\//.test(line);

/** Frames of the script's own files only: the emulator's inner ones would tell nothing. */
export const scriptFrames = (stack: string): string[] =>
  stack
    .split('\n')
    .map((line) => line.trim())
    .filter(isScriptFrame);

/** An argument error of NetSuite's usual pattern: `record.load: Missing a required argument: type`. */
export const missingArgument = (method: string, argument: string): SuiteScriptError =>
  new SuiteScriptError({
    name: 'SSS_MISSING_REQD_ARGUMENT',
    message: `${method}: Missing a required argument: ${argument}`,
  });

/** For what this emulator lacks: always a thrown error that names it, never a made-up value. */
export const unsupported = (what: string): SuiteScriptError =>
  new SuiteScriptError({ name: 'EMULATOR_UNSUPPORTED', message: `${what} is not available in this emulator.` });
