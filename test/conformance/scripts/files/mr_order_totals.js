/**
 * @NApiVersion 2.1
 * @NScriptType MapReduceScript
 */
define(['N/query', 'N/file'], (query, file) => ({
  getInputData: () => ({
    type: 'suiteql',
    query: 'SELECT custrecord_state, custrecord_amount FROM customrecord_entry WHERE custrecord_amount > ? ORDER BY id',
    params: [0],
  }),
  map: (context) => {
    const [state, amount] = JSON.parse(context.value).values;
    context.write({ key: String(state), value: amount });
  },
  reduce: (context) => {
    context.write({ key: context.key, value: context.values.map(Number).reduce((a, b) => a + b, 0) });
  },
  summarize: (summary) => {
    const lines = [];
    summary.output.iterator().each((key, value) => lines.push(`${key},${value}`) > 0);
    file.create({ name: 'totals.csv', fileType: file.Type.CSV, contents: lines.join('\n'), folder: -15 }).save();
  },
}));
