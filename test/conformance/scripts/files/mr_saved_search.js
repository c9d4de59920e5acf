/**
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 */
define([], () => ({
  getInputData: () => ({ type: 'search', id: 'customsearch_big' }),
  map: (context) => context.write(JSON.parse(context.value).values.companyname, context.key),
}));
