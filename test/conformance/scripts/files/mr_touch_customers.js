/**
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 */
define(['N/search', 'N/record', 'N/runtime'], (search, record, runtime) => ({
  getInputData: () =>
    search.create({ type: 'customer', filters: [['comments', 'is', 'old']], columns: ['companyname'] }),
  map: (context) => {
    const result = JSON.parse(context.value);
    const value = `${runtime.getCurrentScript().getParameter({ name: 'custscript_prefix' })} ${result.values.companyname}`;
    record.submitFields({ type: result.recordType, id: result.id, values: { comments: value } });
    context.write({ key: context.key, value });
  },
  summarize: (summary) => {
    summary.mapSummary.errors.iterator().each((key, error) => {
      log.error(key, error);
      return true;
    });
    log.audit('usage', summary.usage);
  },
}));
