/**
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 */
define(['N/record'], (record) => ({
  getInputData: () => ({ a: { customer: 1, n: 2 }, b: { customer: 1, n: 3 }, c: { customer: 2, n: 5 } }),
  map: ({ value, write }) => {
    const { customer, n } = JSON.parse(value);
    write({ key: customer, value: { n } });
  },
  reduce: ({ key, values, write }) => write({ key, value: values.reduce((sum, v) => sum + JSON.parse(v).n, 0) }),
}));
