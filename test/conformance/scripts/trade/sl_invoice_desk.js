/**
 * @NApiVersion 2.1
 * @NScriptType Suitelet
 */
define(['N/search', 'N/record'], (search, record) => {
  const open = (customer) =>
    search
      .create({
        type: 'invoice',
        filters: [
          ['mainline', 'is', 'T'],
          'AND',
          ['name', 'anyof', customer],
          'AND',
          ['status', 'anyof', 'CustInvc:A'],
        ],
        columns: [search.createColumn({ name: 'internalid', sort: search.Sort.ASC }), 'amountremaining'],
      })
      .run()
      .getRange({ start: 0, end: 100 })
      .map((row) => ({ id: row.id, left: Number(row.getValue('amountremaining')) }));
  const onRequest = ({ request, response }) => {
    const { customer, amount } = request.parameters;
    if (request.method === 'POST') {
      const payment = record.create({ type: 'customerpayment', isDynamic: true, defaultValues: { entity: customer } });
      payment.setValue({ fieldId: 'payment', value: Number(amount) });
      payment.setValue({ fieldId: 'autoapply', value: true });
      payment.save();
    }
    response.setHeader({ name: 'Content-Type', value: 'application/json' });
    response.write({ output: JSON.stringify(open(customer)) });
  };
  return { onRequest };
});
