/**
 * @NApiVersion 2.1
 * @NScriptType UserEventScript
 */
define([], () => ({
  beforeSubmit: ({ newRecord }) => {
    let units = 0;
    for (let line = 0; line < newRecord.getLineCount('item'); line += 1)
      units += Number(newRecord.getSublistValue('item', 'quantity', line)) || 0;
    newRecord.setValue('custbody_units', units);
  },
}));
