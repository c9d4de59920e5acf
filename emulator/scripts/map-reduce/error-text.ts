import type { RunResult } from '../../kernel/types';

/** The text that error iterators hand out: JSON of the SuiteScript error, or of an equivalent for the language's own errors. */
export function errorText(error: NonNullable<RunResult['error']>): string {
  if (error.json) return error.json;
  const { name, message, stack = [] } = error;
  return JSON.stringify({
    type: 'error.SuiteScriptError',
    name,
    message,
    stack,
    cause: { name, message },
    id: '',
    notifyOff: false,
    userFacing: false,
  });
}

export const restartError = {
  name: 'SSS_APP_SERVER_RESTART',
  message: 'The application server restarted while the script was running.',
};

export const persistedDataError = {
  name: 'PERSISTED_DATA_LIMIT_FOR_MAPREDUCE_SCRIPT_EXCEEDED',
  message: 'The script exceeded the limit on the persisted data of a map/reduce script.',
};
