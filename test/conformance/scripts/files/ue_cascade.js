/**
 * Updates the company when a contact changes.
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/record'], (record) => ({
  afterSubmit: ({ newRecord }) => {
    const company = newRecord.getValue('company');
    if (company)
      record.submitFields({
        type: 'customer',
        id: company,
        values: { comments: `last contact ${newRecord.getValue('lastname')}` },
      });
  },
}));
