/**
 * Creates what it can afford and hands back the rest.
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/record', 'N/runtime'], (record, runtime) => {
  const RESERVE = 40;
  const post = ({ names }) => {
    const script = runtime.getCurrentScript();
    const done = [];
    while (names.length && script.getRemainingUsage() > RESERVE) {
      const customer = record.create({ type: 'customer' });
      customer.setValue('companyname', names.shift());
      customer.setValue('subsidiary', 1);
      done.push(customer.save());
    }
    return { done: done.length, left: names.length };
  };
  return { post };
});
