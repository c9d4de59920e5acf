/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => ({
  post() {
    const order = record.create({ type: record.Type.SALES_ORDER, isDynamic: true, defaultValues: { entity: 512 } });
    order.setValue({ fieldId: 'location', value: 1 });
    const add = (item, quantity, more = {}) => {
      order.selectNewLine({ sublistId: 'item' });
      order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'item', value: item });
      order.setCurrentSublistValue({ sublistId: 'item', fieldId: 'quantity', value: quantity });
      Object.entries(more).forEach(([fieldId, value]) =>
        order.setCurrentSublistValue({ sublistId: 'item', fieldId, value }),
      );
      order.commitLine({ sublistId: 'item' });
    };
    add(801, 2);
    add(801, 1, { price: 1 });
    add(801, 1, { price: -1, rate: 20 });
    add(804, 3);
    const out = {
      text: [
        order.getSublistText({ sublistId: 'item', fieldId: 'price', line: 0 }),
        order.getSublistText({ sublistId: 'item', fieldId: 'price', line: 2 }),
      ],
    };
    const so = record.load({ type: 'salesorder', id: order.save() });
    out.lines = [0, 1, 2, 3].map((line) =>
      ['price', 'rate', 'amount'].map((fieldId) => so.getSublistValue({ sublistId: 'item', fieldId, line })),
    );
    out.total = so.getValue('total');
    out.level2 = record.load({ type: 'customer', id: 512 }).getValue('pricelevel');
    return out;
  },
}));
