/**
 * @NApiVersion 2.1
 * @NScriptType ScheduledScript
 */
define(['N/query', 'N/file', 'N/format'], (query, file, format) => ({
  execute: () => {
    const rows = query
      .runSuiteQL({
        query: "SELECT companyname, email FROM customer WHERE companyname LIKE 'Export%' ORDER BY companyname",
      })
      .asMappedResults();
    const out = file.create({ name: 'export.csv', fileType: file.Type.CSV, folder: -15 });
    out.appendLine({ value: 'name,email' });
    rows.forEach((row) => out.appendLine({ value: [row.companyname, row.email].join(',') }));
    out.save();
  },
}));
