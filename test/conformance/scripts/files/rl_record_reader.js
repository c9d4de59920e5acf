/**
 *@NApiVersion 2.1
 *@NScriptType Restlet
 */
define(['N/record'], (record) => ({
  get: ({ type, id, fields }) => {
    const rec = record.load({ type, id: Number(id) });
    const out = { type: rec.type, id: String(rec.id), lines: {} };
    for (const field of (fields || '').split(',').filter(Boolean))
      out[field] = { value: rec.getValue(field), text: rec.getText(field) };
    for (const sublist of rec.getSublists()) {
      const count = rec.getLineCount(sublist);
      if (count > 0) out.lines[sublist] = count;
    }
    return JSON.stringify(out);
  },
}));
