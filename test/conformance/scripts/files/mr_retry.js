/**
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 */
define(['N/error'], (error) => ({
  config: { retryCount: 2, exitOnError: false },
  getInputData: () => ['ok', 'flaky', 'broken'],
  map: (context) => {
    if (context.value === 'flaky' && context.executionNo === 1)
      throw error.create({ name: 'TRY_AGAIN', message: 'busy' });
    if (context.value === 'broken') throw error.create({ name: 'BROKEN', message: 'always' });
    context.write({ key: context.value, value: context.executionNo });
  },
}));
