/**
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 */
define(['N/file', 'N/record'], (file, record) => ({
  getInputData: () => file.load({ id: 'SuiteScripts/contacts.csv' }),
  map: ({ key, value, write }) => {
    if (key === '0') return;
    const [firstname, lastname, email] = value.split(',');
    const contact = record.create({ type: record.Type.CONTACT });
    Object.entries({ firstname, lastname, email, subsidiary: 1 }).forEach(([fieldId, v]) =>
      contact.setValue({ fieldId, value: v }),
    );
    write({ key: email, value: contact.save() });
  },
}));
