/**
 * @NApiVersion 2.1
 * @NScriptType Suitelet
 */
define(['N/search'], (search) => ({
  onRequest: ({ request, response }) => {
    const found = search
      .create({ type: 'customer', filters: [['companyname', 'is', request.parameters.name || '']] })
      .run()
      .getRange({ start: 0, end: 1 });
    response.setHeader({ name: 'Content-Type', value: 'application/json' });
    response.write({ output: JSON.stringify({ method: request.method, found: found.length === 1 }) });
  },
}));
