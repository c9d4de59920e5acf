import { missingArgument, scriptFrames, SuiteScriptError } from '../errors';
import type { ModuleFactory } from '../types';
import { ERROR_TYPES } from './error-types';

interface CreateOptions {
  name: string;
  message: string;
  notifyOff?: boolean;
  cause?: unknown;
  userFacing?: boolean;
}

/** N/error (page section_4243798608). `create` throws for a missing options object only; its errors have id null. */
export const createErrorModule: ModuleFactory = () => ({
  create(options: CreateOptions): SuiteScriptError {
    if (options === null || options === undefined) throw missingArgument('error.create', 'options');
    const { name, message, notifyOff = false, userFacing = true } = options;
    const cause =
      options.cause instanceof Error
        ? {
            message: options.cause.message,
            stack: [String(options.cause), ...scriptFrames(options.cause.stack ?? '')].join('\n'),
          }
        : options.cause;
    return new SuiteScriptError({
      name,
      message,
      notifyOff,
      userFacing,
      id: null,
      cause: cause ?? { name, message, notifyOff },
    });
  },
  get Type(): Readonly<Record<string, string>> {
    return ERROR_TYPES();
  },
});
