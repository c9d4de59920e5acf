/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define([], () => ({
  afterSubmit: () => {
    throw new Error('too late');
  },
}));
