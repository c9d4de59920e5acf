/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define(['N/error'], (error) => ({
  beforeSubmit: (context) => {
    if (context.type === 'delete')
      throw error.create({ name: 'NO_DELETE', message: `${context.oldRecord.getValue('companyname')} must stay` });
  },
}));
