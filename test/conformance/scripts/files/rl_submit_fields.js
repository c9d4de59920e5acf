/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/runtime'], (record, runtime) => ({
  put: ({ type, id, values }) => {
    const before = runtime.getCurrentScript().getRemainingUsage();
    record.submitFields({ type, id, values, options: { enableSourcing: false, ignoreMandatoryFields: true } });
    return { used: before - runtime.getCurrentScript().getRemainingUsage() };
  },
}));
