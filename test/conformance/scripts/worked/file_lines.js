/**
 * @NApiVersion 2.1
 * @NScriptType Restlet
 */
define(['N/file'], (file) => ({
  post() {
    const f = file.create({
      name: 'out.csv',
      fileType: file.Type.CSV,
      contents: 'id,name\n1,Ann\n2,Bob\n3,Cy\n',
      folder: -15,
      description: 'd',
      isOnline: false,
    });
    f.appendLine({ value: 'x,y' });
    const id = f.save();
    const l = file.load({ id });
    const lines = [];
    l.lines.iterator().each((x) => {
      lines.push(x.value);
      return true;
    });
    let stop = 0;
    l.lines.iterator().each(() => {
      stop++;
      return stop < 2;
    });
    const r = file.load({ id: 'SuiteScripts/out.csv' }).getReader();
    const reader = r.readUntil({ tag: ',' }).replace(',', '');
    r.readUntil({ tag: '\n' });
    const segs = [
      r.readUntil({ tag: ',' }).replace(',', ''),
      r.readUntil({ tag: '\n' }).trim(),
      r.readChars({ number: 1 }),
    ];
    let err;
    try {
      file.load({ id: 987654 });
    } catch (e) {
      err = e.name;
    }
    return {
      size: l.size,
      lines: lines.slice(0, 4),
      stop,
      appended: lines[4],
      segs,
      reader,
      desc: [l.name, l.fileType, l.path, l.folder === -15],
      err,
    };
  },
}));
