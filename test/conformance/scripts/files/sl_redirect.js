/**
 * @NApiVersion 2.1
 * @NScriptType Suitelet
 */
define(['N/redirect', 'N/record'], (redirect, record) => ({
  onRequest: ({ request, response }) => {
    if (request.method !== 'POST') return response.writeLine('<form method="post"><button>Create</button></form>');
    const customer = record.create({ type: 'customer' });
    customer.setValue('companyname', request.parameters.name);
    customer.setValue('subsidiary', 1);
    redirect.toRecord({ type: 'customer', id: customer.save() });
  },
}));
