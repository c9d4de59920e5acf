/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/file', 'N/record', 'N/search', 'N/runtime'], (file, record, search, runtime) => ({
  post() {
    const out = {};
    const f = file.create({ name: 'att.txt', fileType: file.Type.PLAINTEXT, contents: 'hello', folder: -15 });
    const id = f.save();
    const u = runtime.getCurrentScript().getRemainingUsage();
    record.attach({ record: { type: 'file', id }, to: { type: 'customer', id: 501 } });
    out.u = u - runtime.getCurrentScript().getRemainingUsage();
    out.n = search
      .create({
        type: 'customer',
        filters: [['internalid', 'anyof', 501], 'AND', ['file.name', 'is', 'att.txt']],
        columns: [
          search.createColumn({ name: 'internalid', join: 'file' }),
          search.createColumn({ name: 'name', join: 'file' }),
        ],
      })
      .run()
      .getRange(0, 5)
      .map((r) => [r.getValue({ name: 'internalid', join: 'file' }) == id, r.getValue({ name: 'name', join: 'file' })]);
    record.detach({ record: { type: 'file', id }, from: { type: 'customer', id: 501 } });
    out.after = search
      .create({ type: 'customer', filters: [['internalid', 'anyof', 501], 'AND', ['file.name', 'is', 'att.txt']] })
      .runPaged().count;
    return out;
  },
}));
