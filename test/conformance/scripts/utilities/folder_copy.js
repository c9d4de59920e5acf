/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/file', 'N/record', 'N/search', 'N/runtime'], (file, record, search, runtime) => ({
  post() {
    const out = {};
    const fold = (name, parent) => {
      const f = record.create({ type: record.Type.FOLDER });
      f.setValue('name', name);
      if (parent) f.setValue('parent', parent);
      return f.save();
    };
    const a = fold('Inbox X'),
      b = fold('Done X', a);
    const id = file
      .create({ name: 'r.csv', fileType: file.Type.CSV, contents: 'id,qty\n1,2\n3,4', folder: a, description: 'rows' })
      .save();
    const c = file.copy({ folder: b, id, conflictResolution: file.NameConflictResolution.OVERWRITE });
    out.c = [c.name, c.folder === b, c.fileType, c.size];
    const l = file.load({ id });
    let n = 0;
    l.lines.iterator().each((x) => {
      n += 1;
      return n < 2;
    });
    out.n = n;
    out.found = search
      .create({ type: 'folder', filters: [['parent', 'anyof', a]], columns: ['name'] })
      .run()
      .getRange(0, 5)
      .map((r) => r.getValue('name'));
    out.files = search
      .create({ type: 'file', filters: [['folder', 'anyof', a]], columns: ['name', 'filetype'] })
      .run()
      .getRange(0, 5)
      .map((r) => [r.getValue('name')]);
    file.delete({ id });
    out.used = 5000 - runtime.getCurrentScript().getRemainingUsage();
    return out;
  },
}));
