/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record'], (record) => {
  const post = (rows) =>
    rows.map(({ name, amount, state }) => {
      const entry = record.create({ type: 'customrecord_entry' });
      entry.setValue({ fieldId: 'name', value: name });
      entry.setValue({ fieldId: 'custrecord_amount', value: amount });
      entry.setText({ fieldId: 'custrecord_state', text: state });
      return entry.save();
    }).length;
  const get = ({ id }) => {
    const entry = record.load({ type: 'customrecord_entry', id });
    return JSON.stringify([
      entry.getValue('name'),
      entry.getValue('custrecord_amount'),
      entry.getText('custrecord_state'),
    ]);
  };
  return { post, get };
});
